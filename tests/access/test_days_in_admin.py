"""Days without bounds: no form of admin takes what the schools' pages would refuse.

The forms are those of every admin and of its inlines: a new field is here without being named.
"""

from datetime import date

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import DateField, DateTimeField
from django.test import RequestFactory

from core.admin_bases import ReadOnlyInline
from core.bounds import EARLIEST, latest
from core.periods import in_words
from schools.models import Teacher

# Of the register: schools are older than any bound.
NO_BOUNDS = {"opened_on", "closed_on"}
OWN_RULE = {"date_of_birth"}
TODAY = date(2026, 1, 15)


def days_in_admin() -> list:
    """The fields for days and moments that admin's forms have, each by admin and name."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    found = []
    for model_admin in admin.site._registry.values():
        for each in (model_admin, *(i(model_admin.model, admin.site) for i in model_admin.inlines)):
            if isinstance(each, ReadOnlyInline):
                continue
            read_only = set(each.get_readonly_fields(request))
            for field in each.model._meta.local_fields:
                if not isinstance(field, DateField) or not field.editable:
                    continue
                if field.name in read_only | NO_BOUNDS | OWN_RULE:
                    continue
                form_field = each.formfield_for_dbfield(field, request)
                if isinstance(form_field, forms.DateField | forms.SplitDateTimeField):
                    identity = f"{type(each).__name__}.{field.name}"
                    found.append(pytest.param(field, form_field, id=identity))
    return found


def enter(field, form_field, day: str) -> None:
    form_field.clean([day, "12:00"] if isinstance(field, DateTimeField) else day)


@pytest.mark.parametrize(("field", "form_field"), days_in_admin())
def test_a_day_in_admin_has_the_bounds_of_the_pages(field, form_field, time_machine):
    time_machine.move_to(TODAY)
    for within in (EARLIEST, TODAY, latest(TODAY)):
        enter(field, form_field, within.isoformat())
    for outside, why in (
        ("2010-08-31", f"must be on or after {in_words(EARLIEST)}"),
        ("2027-01-16", "must be on or before 15 January 2027"),
        ("9999-12-31", "must be on or before 15 January 2027"),
    ):
        with pytest.raises(ValidationError, match=why):
            enter(field, form_field, outside)


def test_the_kinds_of_days_that_were_without_bounds_are_among_them():
    named = {each.id for each in days_in_admin()}
    assert named >= {
        "InductionTutorAdmin.finished_on",
        "AppointmentInline.finished_on",
        "MentorshipAdmin.started_on",
        "TrainingPeriodAdmin.withdrawn_at",
        "MovableMentorAdmin.finished_on",
    }


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2030-01-01", "Date of birth must be in the past"),
        ("2010-01-01", "Date of birth must be at least 18 years ago"),
        ("1900-01-01", "Date of birth must be less than 100 years ago"),
    ],
)
def test_a_date_of_birth_in_admin_is_one_that_a_teacher_can_have(day, why, time_machine):
    time_machine.move_to(TODAY)
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    born_on = admin.site._registry[Teacher].formfield_for_dbfield(
        Teacher._meta.get_field("date_of_birth"), request
    )
    with pytest.raises(ValidationError, match=why):
        born_on.clean(day)
