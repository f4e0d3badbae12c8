"""Text that no reader can see, and names that are none, are cleaned or refused at every door.

The doors are the journeys, every form of admin, signing in, DfE Sign-in and the commands. The rules
themselves are tested in tests/core/test_text.py.
"""

from datetime import date

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.test import RequestFactory

from accounts.models import User
from accounts.signing_in.forms import digits_of, email_field
from accounts.signing_in.invitations import make_staff
from core.forms import EmailField
from core.refusals import RefusedChange
from core.text import NO_LETTER, NOT_IN_A_NAME
from mentors.journeys import details, tutors
from mentors.journeys.adding.questions import NameForm
from schools.details import change_email, check_email
from schools.models import InductionTutor, MentorAtSchool, Teacher
from schools.tutors import nominate
from tests.builders import make_mentor, make_school, make_tutor

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 15)
UNSEEN = "\u200b\u202e\u2060\x07\ufeff"
# Text that no person enters: hashes, and what the service itself writes.
WRITTEN_BY_US = {"password", "digest", "account", "by", "issuer", "subject"}
OURS = ("accounts", "schools", "declarations", "mentors")


def fields_that_people_fill_in() -> list[models.Field]:
    """The text fields of every model that a form of admin has."""
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_staff=True, is_active=True)
    found = []
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label not in OURS or not model_admin.has_add_permission(request):
            continue
        found += [
            field
            for field in model._meta.local_fields
            if isinstance(field, models.CharField | models.TextField)
            if not field.choices and field.editable and field.name not in WRITTEN_BY_US
        ]
    return found


@pytest.mark.parametrize("field", fields_that_people_fill_in(), ids=str)
def test_each_text_field_of_a_model_and_its_form_in_admin_take_out_what_is_not_seen(field):
    text = {"trn": "1234567", "email": "jane@school.example"}.get(field.name, "Jane Thomas")
    text = text[: field.max_length]
    assert field.clean(f"{text}{UNSEEN}", field.model()) == text
    assert field.formfield().clean(f"{UNSEEN}{text[:2]}{UNSEEN}{text[2:]}") == text
    if not field.blank:
        with pytest.raises(ValidationError):
            field.clean(UNSEEN, field.model())
        with pytest.raises(ValidationError):
            field.formfield().clean(UNSEEN)


FORMS = [
    (NameForm.base_fields["name"], 200),
    (details.NewNameForm.base_fields["name"], 200),
    (tutors.NominationForm.base_fields["name"], 100),
]
NAMES_IN_MODELS = [Teacher._meta.get_field("name"), InductionTutor._meta.get_field("named_as")]


def fault(clean, *arguments) -> str:
    with pytest.raises(ValidationError) as refused:
        clean(*arguments)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize(("field", "longest"), FORMS)
def test_a_name_in_a_journey(field: forms.Field, longest: int):
    assert field.clean(f" Vic\u200btor\u202e {UNSEEN} O\u2019Neil\n") == "Victor O\u2019Neil"
    assert fault(field.clean, "\u200b") == "Enter their full name"
    assert fault(field.clean, "---") == NO_LETTER
    assert fault(field.clean, "Victor https://evil.example/verify") == NOT_IN_A_NAME
    # U+0958 is two characters in normal form.
    assert len(field.clean("\u0958" * (longest // 2))) == longest
    too_long = f"Full name must be {longest} characters or less"
    assert fault(field.clean, "\u0958" * (longest // 2 + 1)) == too_long


@pytest.mark.parametrize("field", NAMES_IN_MODELS, ids=str)
def test_a_name_in_a_model(field: models.Field):
    assert fault(field.clean, "Victor https://evil.example", field.model()) == NOT_IN_A_NAME
    assert "200 characters" in fault(field.clean, "\u0958" * 101, field.model())


def test_the_name_of_a_user_may_be_their_address_and_no_other():
    user = User(email="jane@school.example", name="jane@school.example", password="x")
    user.full_clean()
    user.name = "See evil.example"
    assert NOT_IN_A_NAME in fault(user.full_clean)


@pytest.mark.parametrize(
    "pasted",
    ["Sarah@School.example\u200b", "\ufeffsarah@school.example", "sarah\u2060@school.example "],
)
def test_an_address_however_pasted_is_the_one_account(pasted):
    school = make_school()
    tutor, staff = make_tutor(make_school(), "sarah@school.example"), make_tutor(school)
    appointed = nominate(school, pasted, "Sarah Philips", by=staff, day=DAY)
    assert appointed.user == tutor
    assert User.objects.get_by_natural_key(pasted) == tutor
    assert User.objects.create_user(f"a{pasted}", "A").email == "asarah@school.example"
    of_staff = pasted.lower().replace("school.example", "dfe.example")
    assert make_staff(of_staff, "Dee Effie", []).email == "sarah@dfe.example"
    assert email_field().clean(pasted) == EmailField().clean(pasted) == "sarah@school.example"


def test_an_address_however_pasted_is_one_address_at_a_school():
    mentor, other = make_mentor(), make_mentor(email="other@school.example")
    change_email(mentor, "Jane@school.example\u200b", seen=mentor.email)
    mentor.refresh_from_db()
    assert mentor.email == "jane@school.example"
    with pytest.raises(RefusedChange, match="Another person has this email address"):
        check_email(MentorAtSchool, other.teacher, "\ufeffjane@school.example", DAY)


def test_a_code_is_read_as_it_was_pasted():
    assert digits_of("\u202d123\u00a0456\u202c\u200b") == "123456"
