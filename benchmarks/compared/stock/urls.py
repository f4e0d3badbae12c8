"""The addresses of the four pages."""

from django.urls import path

from benchmarks.compared.stock.views import ECTView, HomeView, MentorsView, MentorView

urlpatterns = [
    path("schools/<int:urn>", HomeView.as_view()),
    path("schools/<int:urn>/mentors", MentorsView.as_view()),
    path("schools/<int:urn>/mentors/<uuid:public_id>", MentorView.as_view()),
    path("schools/<int:urn>/ects/<uuid:public_id>", ECTView.as_view()),
]
