"""What DfE staff search for is looked for as what it is, in every list of people and schools."""

import pytest

from core.refusals import RefusedChange
from declarations.models import Declaration, TrainingPeriod
from mentors.models import Mentorship
from schools import search_words
from schools.models import ECTAtSchool, InductionTutor, MentorAtSchool, School, Teacher
from schools.search_words import FoundBy, Words, matching, words_by_kind
from tests import builders
from tests.declarations.trained import declare, make_trained

pytestmark = pytest.mark.django_db

UUID = "0b8f2f3e-7c1d-4b0a-9a51-2d6c0e0f7a11"


@pytest.mark.parametrize(
    ("search", "kinds"),
    [
        ("0123456", {"numbers": ["0123456"]}),
        ("RP01/23456", {"numbers": ["0123456"]}),
        ("123456", {"numbers": ["123456"]}),
        ("12345678", {"names": ["12345678"]}),
        ("Jo@School.Example", {"emails": ["jo@school.example"]}),
        (UUID.upper(), {"ids": [UUID]}),
        ("sw1a 1aa", {"postcodes": ["SW1A 1AA"]}),
        ("SW1A1AA", {"postcodes": ["SW1A 1AA"]}),
        ("m1", {"postcodes": ["M1 "]}),
        ("ann m1 smith", {"postcodes": ["M1 "], "names": ["ann", "smith"]}),
        ("Ann Smith-Jones", {"names": ["Ann", "Smith", "Jones"]}),
        ("ann 100001", {"names": ["ann"], "numbers": ["100001"]}),
        ("\0 \u200b", {}),
    ],
)
def test_each_word_is_taken_for_what_it_is(search, kinds):
    words = words_by_kind(search)
    words.ids = [str(identifier) for identifier in words.ids]
    assert words == Words(**kinds)


@pytest.fixture
def people():
    oak = builders.make_school("Oakwood Primary", town="Kingston upon Thames", postcode="KT1 2AB")
    elm = builders.make_school("Elm Park School", town="Leeds", postcode="LS1 3CD")
    sean = builders.make_teacher("Seán O’Malley-Jones", trn="0123456")
    ann = builders.make_teacher("Ann Smith", trn="7654321")
    tom = builders.make_teacher("Tom Smith", trn="1000001")
    mentor = builders.make_mentor(sean, oak, email="sean@oak.example")
    ect = builders.make_ect(ann, oak, email="ann@oak.example")
    other = builders.make_mentor(tom, elm, email="tom@elm.example")
    builders.make_mentorship(mentor, ect)
    training = make_trained(mentor=other)
    declare(training)
    builders.make_training_period(ect)
    builders.make_tutor(oak, "tina@oak.example", name="Tina Turner")


TEACHERS = FoundBy(("pk",))
AT_SCHOOL = FoundBy(("teacher",), ("school",), emails=("email",), ids=("public_id",))
LISTS = {
    Teacher: TEACHERS,
    School: FoundBy(schools=("pk",)),
    MentorAtSchool: AT_SCHOOL,
    ECTAtSchool: AT_SCHOOL,
    Mentorship: FoundBy(("mentor_teacher", "ect_teacher"), ("school",)),
    TrainingPeriod: FoundBy(("teacher",), ("school",), ids=("public_id",)),
    Declaration: FoundBy(("teacher",), ids=("id",)),
    InductionTutor: FoundBy(users=("user",), schools=("school",)),
}


def found(model, search: str) -> tuple[list[str], bool]:
    rows, nearly = matching(model.objects.all(), search, LISTS[model])
    return sorted(str(row) for row in rows), nearly


SEAN, ANN, TOM = "Seán O’Malley-Jones (0123456)", "Ann Smith (7654321)", "Tom Smith (1000001)"


@pytest.mark.parametrize(
    ("search", "teachers"),
    [
        ("0123456", [SEAN]),
        ("123456", [SEAN]),
        ("TRN 012 3456", [SEAN]),
        ("jones sean", [SEAN]),
        ("o'malley", [SEAN]),
        ("SEÁN omalley jones", [SEAN]),
        ("smith", [ANN, TOM]),
        ("t smith", [TOM]),
        ("tom@elm.example", [TOM]),
        ("tom@elm", [TOM]),
        ("KT1 2AB", [ANN, SEAN]),
        ("ls1", [TOM]),
        ("smith kt1", [ANN]),
        ("oakwood", [ANN, SEAN]),
        ("elm park", [TOM]),
        ("leeds school", [TOM]),
        ("smith oakwood", [ANN]),
        ("elm park smith", [TOM]),
        ("smith 7654321", [ANN]),
        ("sean 7654321", []),
        ("nobody@elm.example", []),
        (UUID, []),
        ("%", []),
        ('"', []),
        ("\u200b", []),
    ],
)
def test_teachers_are_found_by_every_kind_of_word(people, search, teachers):
    assert found(Teacher, search)[0] == teachers


def test_a_misspelt_name_finds_the_names_nearest_to_it(people):
    assert found(Teacher, "Tomm Smyth") == ([TOM], True)
    assert found(Teacher, "smyth") == ([ANN, TOM], True)
    (oak,), nearly = found(School, "okewood")
    assert oak.startswith("Oakwood Primary")
    assert nearly
    assert found(Teacher, "xqzv wvxq") == ([], True)
    (tina,), nearly = found(InductionTutor, "tinna turnor")
    assert tina.startswith("Tina Turner")
    assert nearly


@pytest.mark.parametrize("model", [MentorAtSchool, InductionTutor, TrainingPeriod])
def test_where_no_person_is_near_the_nearest_schools_find_their_rows(people, model):
    rows, nearly = found(model, "okewood")
    assert nearly
    assert len(rows) == 1


def test_schools_are_found_by_name_town_urn_and_postcode(people):
    elm = School.objects.get(name="Elm Park School")
    for search in ("park elm", "leeds", "elm leeds", str(elm.urn), "ls1 3cd", str(elm.public_id)):
        assert found(School, search) == ([str(elm)], False), search


@pytest.mark.parametrize(
    ("model", "searches"),
    [
        (MentorAtSchool, ["0123456", "sean", "sean@oak.example", "sean oakwood", "kt1 2ab"]),
        (ECTAtSchool, ["7654321", "ann smith", "ann@oak", "oakwood ann", "kingston"]),
        (Mentorship, ["123456", "7654321", "sean", "smith", "oakwood", "kt1"]),
        (TrainingPeriod, ["1000001", "tom", "elm park", "ls1"]),
        (Declaration, ["1000001", "tom smith", "elm park", "ls1", "tom@elm.example"]),
        (InductionTutor, ["tina", "tina@oak.example", "oakwood", "kt1", "turner oakwood"]),
    ],
)
def test_each_list_finds_its_rows(people, model, searches):
    for search in searches:
        rows, nearly = found(model, search)
        assert (len(rows), nearly) == (1, False), search


def test_an_identifier_finds_its_row_and_a_participant(people):
    declaration = Declaration.objects.get()
    teacher = declaration.teacher
    for identifier in (declaration.pk, teacher.participant_id, teacher.mentor_training_record_id):
        assert found(Declaration, str(identifier)) == ([str(declaration)], False)
    assert found(Teacher, str(declaration.pk)) == ([], False)


def test_what_matches_too_many_people_is_refused_in_words(people, monkeypatch):
    monkeypatch.setattr(search_words, "MOST", 1)
    with pytest.raises(RefusedChange, match=r"More than 1 people or schools match\. Add another"):
        found(Teacher, "smith")
    assert found(Teacher, "tom smith") == ([TOM], False)


def test_teachers_of_a_common_name_are_found_in_their_own_list_however_many(people, monkeypatch):
    monkeypatch.setattr(search_words, "_FEW", 1)
    monkeypatch.setattr(search_words, "MOST", 1)
    assert found(Teacher, "smith") == ([ANN, TOM], False)
    assert found(Teacher, "smith 1000001") == ([TOM], False)
    with pytest.raises(RefusedChange, match="More than 1 people or schools match"):
        found(Mentorship, "smith")


def test_more_words_than_any_name_has_are_refused(people, django_assert_num_queries):
    with (
        django_assert_num_queries(0),
        pytest.raises(RefusedChange, match="Search by 20 words or fewer"),
    ):
        matching(Teacher.objects.all(), "1234567 ann " * 11, TEACHERS)
    assert matching(Teacher.objects.all(), "ann " * 20, TEACHERS)[0].count() == 1
