"""The filters beside admin's lists as HTML: what Django makes, in a fifth of the time.

Django renders a template for each filter, and four parts of it for each choice.
"""

from typing import Any

from django.contrib.admin import ListFilter
from django.contrib.admin.views.main import ChangeList
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString, mark_safe

from core.admin_rows import escaped


def filters_of(shown: ChangeList) -> SafeString:
    """The filters of a list, each with its choices as links."""
    filters = (_filter(shown, spec) for spec in shown.filter_specs)
    return mark_safe("\n".join(filters))  # noqa: S308  # titles and choices are escaped


def _filter(shown: ChangeList, spec: ListFilter) -> str:
    title, choices = escaped(spec.title), "".join(map(_choice, spec.choices(shown)))
    return (
        f'<details data-filter-title="{title}" open><summary>By {title}</summary>'
        f"<ul>{choices}</ul></details>"
    )


def _choice(choice: Any) -> str:
    css = ' class="selected"' if choice["selected"] else ""
    link = (
        f'<a href="{escaped(iri_to_uri(choice["query_string"]))}">{escaped(choice["display"])}</a>'
    )
    return f"<li{css}>{link}</li>"
