"""The addresses of the demo's own pages."""

from django.urls import path

from demo.outbox import outbox
from demo.sign_in import demo_sign_in

urlpatterns = [
    path("sign-in", demo_sign_in, name="demo-sign-in"),
    path("outbox", outbox, name="demo-outbox"),
]
