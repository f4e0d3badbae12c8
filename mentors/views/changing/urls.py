"""The addresses of the journeys that change somebody's record, for mentors and for ECTs alike."""

from django.urls import path

from mentors.views.changing import details, leaving
from mentors.views.roles import ECT, MENTOR

_PAGES = [
    ("leaving", leaving.ask_last_day, {}),
    ("leaving/check", leaving.check, {}),
    ("leaving/withdraw", leaving.withdrawal, {}),
]
for _detail in details.DETAILS:
    _PAGES += [
        (_detail.slug, details.change, {"detail": _detail}),
        (f"{_detail.slug}/check", details.check, {"detail": _detail}),
    ]

urlpatterns = [
    path(
        f"schools/<int:urn>/{role.section}/<uuid:public_id>/{page}",
        view,
        {"role": role, **more},
        name=f"{role.page}-{page.replace('/', '-')}",
    )
    for role in (MENTOR, ECT)
    for page, view, more in _PAGES
]
