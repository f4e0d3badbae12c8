"""The addresses of admin's pages, for users who may open them."""

from functools import cache
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.utils import quote
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

# Stands for the id in the address of any record's page.
ANY_ID = "ID"


def address_of_page(record: Model, request: HttpRequest) -> str:
    """The address of the record's page in admin; "" where there is none that the user may open."""
    return _address(type(record), "change", request).replace(ANY_ID, str(quote(record.pk)))


def address_of_list(model: type[Model], request: HttpRequest, search: str) -> str:
    """The address of admin's list of this search; "" where there is none that the user may open."""
    address = _address(model, "changelist", request)
    return f"{address}?{urlencode({'q': search})}" if address else ""


def _address(model: type[Model], view: str, request: HttpRequest) -> str:
    try:
        of_model = admin.site.get_model_admin(model)
    except NotRegistered:
        return ""
    return address_of_view(model, view) if of_model.has_view_or_change_permission(request) else ""


@cache
def address_of_view(model: type[Model], view: str) -> str:
    """The address of a view of admin, with ANY_ID for a record's, looked up once for all records.

    A story has links to 100 pages of the same model.
    """
    opts = model._meta
    args = [ANY_ID] if view == "change" else []
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{view}", args=args)
