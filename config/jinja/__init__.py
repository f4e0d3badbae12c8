"""The Jinja2 environment of our pages, which build on the GOV.UK macros."""

from datetime import date, datetime
from functools import cache
from typing import Any

import jinja2
from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django.conf import settings
from django.contrib.messages import get_messages
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.urls import get_resolver, get_script_prefix, reverse
from django.utils import timezone
from markupsafe import Markup, escape

from config.environment import Environment
from config.jinja import form_fields
from config.jinja.official import (
    CompiledOnce,
    OfficialTemplates,
    SharedTemplate,
    govuk_attributes,
    macro_of,
)
from config.jinja.undefined import LoggedUndefined, RefusedUndefined
from core.periods import in_words, london_day

# Characters of an email address, beside "Change" in a summary list.
_FITS_ON_A_LINE = 28


def environment(**options: Any) -> jinja2.Environment:
    """The environment for Django's Jinja2 backend, which passes these options."""
    in_tests = settings.ENVIRONMENT is Environment.TEST
    options["loader"] = CompiledOnce([options["loader"], OfficialTemplates()])
    options["undefined"] = RefusedUndefined if in_tests else LoggedUndefined
    env = jinja2.Environment(**options)  # noqa: S701 - the backend's options switch escaping on
    env.template_class = SharedTemplate
    env.globals |= {
        "crispy": crispy,
        "govukAttributes": govuk_attributes,
        "messages": get_messages,
        "service_name": settings.SERVICE_NAME,
        "static": cache(static),
        "support_email": settings.SUPPORT_EMAIL,
        "url": url,
    }
    env.filters |= {
        "breakable": breakable,
        "govuk_button": form_fields.button,
        "govuk_date": govuk_date,
        "govuk_time": govuk_time,
        "govuk_errors": form_fields.error_list,
        "govuk_field": govuk_field,
        "govuk_text": form_fields.plain_text,
    }
    return env


def url(name: str, *args: object) -> str:
    """Return the path of a named view with these arguments, which are numbers and UUIDs mostly.

    Django's own `reverse` looks the view up and matches the path again each time, at 30 times the
    cost. Arguments that are text may need quoting, so they go through `reverse`.
    """
    found = None if any(isinstance(value, str) for value in args) else _path_of(name, len(args))
    if found is None:
        return reverse(name, args=args)
    path, gaps = found
    return get_script_prefix() + path % dict(zip(gaps, args, strict=True))


@cache
def _path_of(name: str, number_of_arguments: int) -> tuple[str, tuple[str, ...]] | None:
    """The path of a named view with a gap for each argument, and the gaps' names."""
    for possibilities, *_ in get_resolver().reverse_dict.getlist(name):
        for path, gaps in possibilities:
            if len(gaps) == number_of_arguments:
                return path, tuple(gaps)
    return None


def breakable(text: str) -> Markup:
    """A text in HTML. A browser may break a long email address before its "@".

    It may also break a part of the address that is long itself, before each full stop.
    """
    if "@" not in text or len(text) <= _FITS_ON_A_LINE:
        return escape(text)
    parts = (
        escape(part).replace(".", Markup("<wbr>.")) if len(part) > _FITS_ON_A_LINE else escape(part)
        for part in text.split("@")
    )
    return Markup("<wbr>@").join(parts)


def govuk_date(day: date) -> str:
    """A day, or the London day of a moment, in GOV.UK style, such as "20 April 2023"."""
    return in_words(london_day(day) if isinstance(day, datetime) else day)


def govuk_time(moment: datetime) -> str:
    """A moment in London, in GOV.UK style, such as "20 April 2023 at 2:05pm"."""
    there = timezone.localtime(moment)
    hour = there.hour % 12 or 12
    return f"{in_words(there.date())} at {hour}:{there:%M}{'am' if there.hour < 12 else 'pm'}"


@jinja2.pass_environment
def govuk_field(
    environment: jinja2.Environment, field: BoundField, label: form_fields.Params, group_class: str
) -> Markup:
    """The HTML of a field, by the macro for its widget; the rest as in `form_fields.component`."""
    name, params = form_fields.component(field, label, group_class)
    return macro_of(environment, name)(params)


@jinja2.pass_context
def crispy(context: jinja2.runtime.Context, form: BaseForm) -> Markup:
    """The HTML of a form as its `helper` lays it out; without a helper, of all its fields."""
    helper = getattr(form, "helper", None) or FormHelper(form)
    html = render_crispy_form(form, helper, {"csrf_token": context["csrf_token"]})
    return Markup(html)  # noqa: S704 - this environment has escaped it
