"""The rows of admin's lists, and the filters beside them, are as Django makes them."""

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import admin_list_filter, results

from core.admin_lists import OneOrder
from declarations.models import Declaration, SchoolPartnership, TrainingPeriod
from mentors.models import Mentorship
from schools.models import Teacher
from tests import builders
from tests.access.grown import NOW, Grown
from tests.accounts.signing_in import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]


@pytest.fixture
def shown(rf):
    """The list of a model as a superuser asks for it with these parameters."""
    user = make_staff(is_superuser=True)

    def shown(model: type, **asked: str) -> OneOrder:
        request = rf.get("/admin/", asked)
        request.user = user
        of_list = admin.site.get_model_admin(model).get_changelist_instance(request)
        of_list.formset = None  # as the view sets it for a list that is not edited in place
        return of_list

    return shown


def of_django(of_list: OneOrder) -> str:
    return "\n".join(f"<tr>{''.join(cells)}</tr>" for cells in results(of_list))


def test_the_rows_of_every_list_are_what_django_makes(shown):
    Grown().grow(2)
    rows = {}
    for model in admin.site._registry:
        if model._meta.app_label != "pghistory":
            of_list = shown(model)
            assert of_list.rows() == of_django(of_list), model
            rows[model._meta.label] = len(of_list.result_list)
    assert [label for label, number in rows.items() if not number] == []


def test_the_filters_of_every_list_are_what_django_makes(shown):
    Grown().grow(2)
    number = 0
    for model in admin.site._registry:
        if model._meta.app_label != "pghistory":
            number += compare_filters(shown(model))
    assert number > 20
    compare_filters(shown(Declaration, state__exact="paid"))
    compare_filters(shown(Teacher, q="Ann & <b>"))


def compare_filters(of_list: OneOrder) -> int:
    """Compare the list's filters with Django's, white space aside, and return how many it has."""
    of_django = [admin_list_filter(of_list, spec) for spec in of_list.filter_specs]
    assert without_spaces(of_list.filters()) == without_spaces("".join(of_django))
    return len(of_django)


def without_spaces(html: str) -> str:
    return "".join(html.split())


def test_the_box_that_selects_a_row_has_the_name_of_its_record(shown):
    Grown().grow(2)
    named = set()
    for model in admin.site._registry:
        if model._meta.app_label == "pghistory":
            continue
        boxes = BeautifulSoup(shown(model).rows(), "html.parser").select(".action-select")
        names = {box["value"]: box["aria-label"] for box in boxes}
        if names:
            named.add(model)
            rows = model.objects.all()
            assert names == {str(row.pk): f"Select {row}" for row in rows}, model
    assert named >= {Declaration, Mentorship, SchoolPartnership, TrainingPeriod}


def test_what_users_entered_is_escaped(shown):
    teacher = builders.make_teacher('<b>Ann</b> "&amp;')
    for model in (Teacher, type(builders.make_mentor(teacher))):
        of_list = shown(model)
        assert of_list.rows() == of_django(of_list)
        assert BeautifulSoup(of_list.rows(), "html.parser").b is None


def test_a_list_to_choose_from_in_a_window_of_its_own_says_which_row_is_chosen(shown):
    teacher = builders.make_teacher()
    of_list = shown(Teacher, _popup="1")
    assert of_list.rows() == of_django(of_list)
    assert f'data-popup-opener="{teacher.pk}"' in of_list.rows()
