"""Support staff merge two records of one teacher in admin, and every way in answers to both ids."""

from datetime import date

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from declarations.imports.training import import_training
from declarations.models import Declaration
from schools.imports.people import import_people
from schools.models import MentorAtSchool, Teacher, TeacherMerge
from staff.groups import keep_groups
from tests.builders import make_ect, make_mentor, make_teacher, make_tutor
from tests.declarations.client import Provider
from tests.declarations.trained import DECLARED, declare, make_trained
from tests.importing import imported
from tests.staff.finance import enter_as, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel("2026-11-26 12:00+00:00", tick=False):
        yield


def step(kept: Teacher) -> str:
    return reverse("admin:schools_teacher_merge", args=[kept.pk])


def page_of(teacher_id: int) -> str:
    return reverse("admin:schools_teacher_change", args=[teacher_id])


def sections(page: BeautifulSoup) -> dict[str, list[str]]:
    """What a review lists, by heading."""
    return {
        lines.find_previous_sibling("h2").text: [line.text for line in lines.select("li")]
        for lines in page.select("#content h2 + ul")
    }


def confirmed(page: BeautifulSoup) -> dict[str, str]:
    return {
        field["name"]: field.get("value", "")
        for field in page.select("#content form[method=post] input[name]")
    }


def merge(kept: Teacher, other: Teacher) -> None:
    browser, _ = enter_as("support")
    page = read(browser.get(step(kept), {"other": other.trn}))
    done = browser.post(step(kept), confirmed(page), follow=True)
    assert f"We have merged {other} into {kept}." in done.text


def test_support_reviews_and_confirms(client):
    kept, other = make_teacher("Ada Kept", trn="0000001"), make_teacher("Ada Other", trn="0000002")
    stays = make_mentor(kept, started_on=date(2022, 9, 1), finished_on=date(2024, 9, 1))
    gone = make_mentor(other, stays.school, started_on=date(2023, 9, 1))
    browser, user = enter_as("support")
    assert step(kept) in browser.get(page_of(kept.pk)).text
    assert "Show what would change" in browser.get(step(kept)).text
    page = read(browser.get(step(kept), {"other": "2"}))
    assert "No record has this TRN or participant id" in page.text
    page = read(browser.get(step(kept), {"other": str(kept.participant_id)}))
    assert "This is the same record" in page.select_one(".errornote").text
    assert page.title.text.startswith("Error: ")
    page = read(browser.get(step(kept), {"other": "0000002"}))
    place = f"Mentor at school: Ada Kept (0000001) at {stays.school}"
    assert sections(page) == {
        "The record that stays": [
            "TRN 0000001. TRN 0000002 leads to it from now on",
            f"Participant id {kept.participant_id}. Lead providers read that it was two",
            "Name: Ada Kept. The other record says Ada Other, which is lost",
            "Date of birth: 17 May 1990",
        ],
        "Becomes one": [
            f"{place}, from 1 September 2022 to 31 August 2024, and from 1 September 2023: one,"
            f" from 1 September 2022, email address {stays.email}"
        ],
    }
    form = confirmed(page)
    stale = read(browser.post(step(kept), form | {"seen": "x"}))
    assert "Nothing was changed. Our records were changed" in stale.text
    done = browser.post(step(kept), form, follow=True)
    assert "We have merged Ada Other (0000002) into Ada Kept (0000001)." in done.text

    record = TeacherMerge.objects.get()
    assert record.by == f"user {user.pk}"
    shown = browser.get(reverse("admin:schools_teachermerge_change", args=[record.pk]))
    assert f"schools.mentoratschool {gone.pk}: became one with {stays.pk}" in shown.text
    story = read(browser.get(page_of(kept.pk))).text
    assert "The record Ada Other (0000002) was merged into this one" in story
    assert "Teacher: added (TRN “0000002”" in story
    # Admin's old addresses and searches, and the school's old address of the mentor.
    assert browser.get(page_of(record.former_id)).url == page_of(kept.pk)
    for searched in ("0000002", str(other.participant_id)):
        assert "Ada Kept" in browser.get("/admin/schools/teacher/", {"q": searched}).text
    client.force_login(make_tutor(stays.school))
    old = reverse("mentor", args=[stays.school.urn, gone.public_id])
    assert client.get(old).url == reverse("mentor", args=[stays.school.urn, stays.public_id])
    client.force_login(make_tutor(make_mentor().school))
    assert client.get(old).status_code == 404


def test_what_is_in_the_way_leads_to_the_rows_and_cannot_be_confirmed():
    kept, other = make_teacher(), make_teacher()
    rows = [make_ect(each, induction_started_on=date(2021, 9, 1)) for each in (kept, other)]
    browser, _ = enter_as("support")
    page = read(browser.get(step(kept), {"other": other.trn}))
    found = [link["href"] for link in page.select("#content h2:first-of-type + ul a")]
    assert found == [reverse("admin:schools_ectatschool_change", args=[row.pk]) for row in rows]
    assert not page.select("#content form[method=post]")
    refused = read(browser.post(step(kept), {"other": other.trn, "seen": ""}))
    assert "They would be an ECT at two schools at once" in refused.select_one(".errornote").text


def test_of_two_inductions_the_user_chooses():
    kept, other = make_teacher(), make_teacher()
    make_ect(kept, started_on=date(2021, 9, 1), finished_on=date(2022, 9, 1))
    make_ect(other, started_on=date(2023, 9, 1))
    browser, _ = enter_as("support")
    page = read(browser.get(step(kept), {"other": other.trn}))
    assert sections(page)["In the way"] == ["Their inductions differ: choose the right one."]
    radios = page.select("#content label:has(input[type=radio])")
    choices = [radio.text.strip() for radio in radios]
    assert choices == [
        f"Induction from 1 September 2021, as {kept} has it",
        f"Induction from 1 September 2023, as {other} has it",
    ]
    page = read(browser.get(step(kept), {"other": other.trn, "right": "other"}))
    browser.post(step(kept), confirmed(page))
    kept.refresh_from_db()
    assert kept.induction_started_on == date(2023, 9, 1)


@pytest.mark.parametrize("group", ["policy", "finance"])
def test_only_support_merges_and_all_read_what_was_merged(group):
    kept, other = make_teacher(), make_teacher()
    browser, _ = enter_as(group)
    assert browser.get(step(kept)).status_code == 403
    assert browser.post(step(kept), {"other": other.trn}).status_code == 403
    assert step(kept) not in browser.get(page_of(kept.pk)).text
    assert browser.get("/admin/schools/teachermerge/").status_code == 200


@pytest.mark.parametrize("sent", ["", "x" * 60, "9" * 30, "0000003", "' OR 1=1"])
def test_what_names_no_record_is_said_at_the_field(sent):
    browser, _ = enter_as("support")
    page = read(browser.get(step(make_teacher()), {"other": sent}))
    assert page.select_one(".form-row .errorlist").text


@pytest.mark.parametrize("number", ["0", "9" * 30, "9" * 5000], ids=len)
def test_a_number_of_no_record_leads_to_the_first_page(number):
    browser, _ = enter_as("support")
    assert browser.get(f"/admin/schools/teacher/{number}/change/").url == reverse("admin:index")


@pytest.mark.django_db(transaction=True)  # the merge has it checked at once what waits for the end
def test_lead_providers_read_and_use_both_ids():
    keep_groups()
    training = make_trained(teacher=make_teacher("Ada Other", trn="0000002"))
    kept, other = make_teacher("Ada Kept", trn="0000001"), training.teacher
    declared = declare(training)
    former = str(other.participant_id)
    client = Provider(training.lead_provider)
    merge(kept, other)
    shown = client.get(f"/api/v3/participants/{former}")
    assert shown == client.get(f"/api/v3/participants/{kept.participant_id}")
    status, answer = shown
    assert (status, answer["data"]["id"]) == (200, str(kept.participant_id))
    (change,) = answer["data"]["attributes"]["participant_id_changes"]
    assert change == {
        "from_participant_id": former,
        "to_participant_id": str(kept.participant_id),
        "changed_at": change["changed_at"],
    }

    def ids(path: str = "/api/v3/participants", **filters: str) -> list[str]:
        return client.ids(path=path, **{f"filter[{name}]": to for name, to in filters.items()})

    assert ids(from_participant_id=former) == [str(kept.participant_id)]
    assert ids(from_participant_id=str(kept.participant_id)) == []
    declarations = "/api/v3/participant-declarations"
    assert ids(declarations, participant_id=former) == [str(declared.pk)]
    status, answer = client.post(
        participant_id=former,
        declaration_type="retained-1",
        declaration_date=DECLARED.isoformat(),
        course_identifier="ecf-mentor",
        evidence_held="other",
    )
    assert (status, answer["data"]["attributes"]["participant_id"]) == (
        200,
        str(kept.participant_id),
    )
    assert Declaration.objects.filter(teacher=kept).count() == 2


def test_imports_read_the_former_ids_as_the_present_ones():
    kept = make_teacher("Ada Kept", trn="0000001")
    other = make_teacher("Ada Other", trn="0000002")
    mentor = make_mentor(other)
    training = make_trained(mentor=make_mentor(school=mentor.school))
    merge(kept, other)
    person = {
        "trn": "0000002",
        "name": "Ada Kept",
        "date_of_birth": "1990-05-17",
        "role": "mentor",
        "urn": str(mentor.school.urn),
        "email": mentor.email,
        "started_on": "2021-09-01",
        "participant_id": str(other.participant_id),
    }
    assert imported(import_people, person)[:3] == (0, 1, 0)
    stranger = person | {"trn": "0000009", "email": "new@school.example"}
    assert imported(import_people, stranger).refused == 1
    trained = {
        "trn": "0000002",
        "role": "mentor",
        "urn": str(mentor.school.urn),
        "lead_provider": training.lead_provider.name,
        "delivery_partner": training.partnership.delivery_partner.name,
        "cohort": "2023",
        "started_on": "2023-09-01",
    }
    result = imported(import_training, trained)
    assert (result.added, result.reasons) == (1, {})
    assert MentorAtSchool.objects.get(teacher=kept).training_periods.count() == 1
