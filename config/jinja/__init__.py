"""The environment in which pages are rendered: Jinja2 on the GOV.UK macros."""

from datetime import date, datetime

import jinja2
from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django.conf import settings
from django.contrib.messages import get_messages
from django.forms import BaseForm
from django.utils import timezone
from markupsafe import Markup

from config.environment import Environment
from config.jinja import form_fields
from config.jinja.official import OfficialTemplates
from config.jinja.shell import once_maker, once_static, url
from config.jinja.undefined import LoggedUndefined, RefusedUndefined
from core.dates import in_words


def environment(**options: object) -> jinja2.Environment:
    """Return the environment for Django's Jinja2 backend, whose options these are."""
    in_tests = settings.ENVIRONMENT is Environment.TEST
    options["loader"] = jinja2.ChoiceLoader([options["loader"], OfficialTemplates()])
    options["undefined"] = RefusedUndefined if in_tests else LoggedUndefined
    made = jinja2.Environment(**options)  # noqa: S701 - the backend's options escape
    made.globals |= {
        "crispy": crispy,
        "messages": get_messages,
        "service_name": settings.SERVICE_NAME,
        "once": once_maker(),
        "static": once_static,
        "support_email": settings.SUPPORT_EMAIL,
        "url": url,
    }
    made.filters |= {
        "govuk_button": form_fields.button,
        "govuk_date": govuk_date,
        "govuk_errors": form_fields.error_list,
        "govuk_field": form_fields.component,
        "govuk_text": form_fields.plain_text,
    }
    return made


def govuk_date(day: date) -> str:
    """Return a day in GOV.UK style, such as "20 April 2023"; of a moment, its London day."""
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    return in_words(day)


@jinja2.pass_context
def crispy(context: jinja2.runtime.Context, form: BaseForm) -> Markup:
    """Return the HTML of a form by its `helper`, or of all its fields when it has none."""
    helper = getattr(form, "helper", None) or FormHelper(form)
    html = render_crispy_form(form, helper, {"csrf_token": context["csrf_token"]})
    return Markup(html)  # noqa: S704 - rendered by this environment, which has escaped it
