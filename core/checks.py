"""What `manage.py check --deploy` refuses of how emails are set up."""

import re
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register

_UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


@register(Tags.security, deploy=True)
def check_notify(**_: Any) -> list[Error]:
    """GOV.UK Notify needs a key and a template, each of its form; without both, SMTP serves."""
    key, template = settings.NOTIFY_API_KEY, settings.NOTIFY_TEMPLATE_ID
    if not (key or template):
        return []
    errors = []
    # A name that people gave it, the service's id and the secret.
    if not re.fullmatch(f".+-{_UUID}-{_UUID}", key):
        errors.append(_error("E001", "NOTIFY_API_KEY", "a key as GOV.UK Notify gives it", key))
    if not re.fullmatch(_UUID, template):
        errors.append(_error("E002", "NOTIFY_TEMPLATE_ID", "a template's id, a UUID", template))
    return errors


def _error(number: str, variable: str, form: str, value: str) -> Error:
    wrong = f"is not {form}" if value else "is not set"
    return Error(
        f"{variable} {wrong}",
        hint="NOTIFY_API_KEY and NOTIFY_TEMPLATE_ID work only together: docs/deploying.md.",
        id=f"core.{number}",
    )
