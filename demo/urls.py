"""The addresses of the demo's pages."""

from django.urls import path

from demo.components import components
from demo.outbox import outbox
from demo.sign_in import demo_sign_in

urlpatterns = [
    path("sign-in", demo_sign_in, name="demo-sign-in"),
    path("components", components, name="demo-components"),
    path("outbox", outbox, name="demo-outbox"),
]
