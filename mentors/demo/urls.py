"""The address of the demo's own page; there is none where the demo may not be."""

from django.urls import path

from mentors.demo import is_allowed
from mentors.demo.sign_in import demo_sign_in

urlpatterns = [path("sign-in", demo_sign_in, name="demo-sign-in")] if is_allowed() else []
