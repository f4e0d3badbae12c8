"""The addresses of the demo's own pages; there are none where the demo may not be."""

from django.urls import path

from accounts.views import outbox
from mentors.demo import is_allowed
from mentors.demo.sign_in import demo_sign_in

urlpatterns = (
    [
        path("sign-in", demo_sign_in, name="demo-sign-in"),
        path("outbox", outbox, name="demo-outbox"),
    ]
    if is_allowed()
    else []
)
