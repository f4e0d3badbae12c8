"""`manage.py load_sandbox`: what a provider's engineer finds, in each situation, by the API."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.periods import london_day
from declarations.cohort_rules import cohort_of
from declarations.models import Declaration, LeadProvider, SchoolYear
from declarations.states import State
from sandbox.loading import OTHER_PROVIDER, is_made, make_sandbox
from sandbox.situations import SITUATIONS
from schools.models import School
from tests.config.processes import printed
from tests.declarations.client import Provider, asked, ids_of, listed
from tests.declarations.trained import provider

pytestmark = pytest.mark.django_db
NAMES = [name for name, _ in SITUATIONS]


@pytest.fixture
def us() -> Provider:
    """The client of a provider that has each situation once."""
    make_sandbox(provider(), london_day(timezone.now()), schools=len(SITUATIONS))
    return Provider(provider())


def school_where(situation: str) -> School:
    return School.objects.get(name=f"Sandbox school {NAMES.index(situation) + 1}: {situation}")


def report(us: Provider, situation: str) -> tuple[int, dict]:
    (partner,) = ids_of(us, "delivery-partners")
    claim = {
        "cohort": str(cohort_of(london_day(timezone.now())) - 1),
        "school_id": str(school_where(situation).public_id),
        "delivery_partner_id": partner,
    }
    return asked(us, "POST", "partnerships", **claim)


def test_each_situation_is_what_its_school_s_name_says(us):
    rows = listed(us, "participants", **{"page[per_page]": 3000})
    enrolments = {
        school.name.partition(": ")[2]: row["attributes"]["ecf_enrolments"][0]
        for row in rows
        for school in School.objects.filter(
            urn=row["attributes"]["ecf_enrolments"][0]["school_urn"]
        )
    }
    stands = {name: each["participant_status"] for name, each in enrolments.items()}
    assert stands["in training"] == stands["deferred, then resumed"] == "active"
    assert (stands["joining"], stands["leaving"], stands["left"]) == ("joining", "leaving", "left")
    assert enrolments["withdrawn"]["training_status"] == "withdrawn"
    assert enrolments["deferred, then withdrawn"]["deferral"] is None
    assert enrolments["deferred"]["training_status"] == "deferred"
    reasons = Counter(
        each["mentor_ineligible_for_funding_reason"] for each in enrolments.values()
    ) - Counter({None: len(rows)})
    assert reasons == {
        # Submitted, eligible, payable and paid, and one that had started too.
        "completed_declaration_received": 5,
        "completed_during_early_roll_out": 1,
        "started_not_completed": 1,
    }
    states = Counter(
        (row["attributes"]["declaration_type"], row["attributes"]["state"])
        for row in listed(us, "participant-declarations")
    )
    for kind in ("started", "completed"):
        for state in State:
            assert states[kind, state.replace("_", "-")], (kind, state)
    assert states["retained-2", "eligible"] == 1
    others = Declaration.objects.get(lead_provider__name=OTHER_PROVIDER)
    assert str(others.pk) in us.ids(**{"page[per_page]": 3000})
    ((merged, change),) = (
        (row["id"], *row["attributes"]["participant_id_changes"])
        for row in rows
        if row["attributes"]["participant_id_changes"]
    )
    former = change["from_participant_id"]
    assert ids_of(us, "participants", filter_from_participant_id=former) == [merged]
    (unfunded,) = listed(us, "unfunded-mentors")
    assert unfunded["attributes"]["full_name"].startswith("Unfunded Mentor")


def test_partnerships_can_be_reported_or_are_refused_as_the_names_say(us):
    before = len(ids_of(us, "participants"))
    assert report(us, "a partnership can be reported, for which people wait")[0] == 200
    assert len(ids_of(us, "participants")) == before + 1
    assert report(us, "undecided")[0] == 200
    for situation, says in {
        "in partnership, without people": "already in a confirmed partnership",
        "school-led": "only registered school-led participants",
        "closed": "currently ineligible",
    }.items():
        status, answer = report(us, situation)
        assert status == 422
        assert says in answer["errors"][0]["detail"]


def test_the_document_has_each_situation_in_its_order():
    document = (Path(settings.BASE_DIR) / "docs/sandbox.md").read_text()
    rows = re.findall(r"^\| (.+?) \|", document, re.MULTILINE)
    assert rows == ["school", *NAMES]


def test_the_command_makes_the_sandbox_once_for_each_provider(capsys):
    with pytest.raises(CommandError, match="name them"):
        call_command("load_sandbox")
    call_command("load_sandbox", "Ambition Institute", "Teach First", "--schools", "3")
    assert School.objects.count() == 6
    assert all(map(is_made, LeadProvider.objects.exclude(name=OTHER_PROVIDER)))
    waiting = SchoolYear.objects.filter(school__name__endswith="for which people wait")
    assert waiting.count() == 2
    capsys.readouterr()
    call_command("load_sandbox")
    assert "Teach First has its sandbox already. Nothing was changed." in capsys.readouterr().out
    assert School.objects.count() == 6


@pytest.mark.parametrize(
    ("environment", "installed"), [("sandbox", "sandbox"), ("demo", "demo"), ("production", "")]
)
def test_invented_people_come_with_their_own_environment_only(environment, installed):
    # The command comes with the app.
    script = (
        "from django.conf import settings\n"
        "print(*(app for app in ('demo', 'sandbox') if app in settings.INSTALLED_APPS))"
    )
    assert printed(script, environment) == [installed]
