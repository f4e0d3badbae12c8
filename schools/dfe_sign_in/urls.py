"""The two addresses of signing in by DfE Sign-in."""

from django.urls import path

from schools.dfe_sign_in import views

urlpatterns = [
    path("sign-in/dfe", views.go, name="dfe-sign-in"),
    path("sign-in/dfe/done", views.come_back, name="dfe-sign-in-done"),
]
