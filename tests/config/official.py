"""GOV.UK Frontend's own examples of its components, and how HTML is compared with theirs."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings

COMPONENTS = settings.GOVUK_FRONTEND / "components"


def fixtures(component: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield each example of a component: its name, its options and its HTML."""
    file = COMPONENTS / component / "fixtures.json"
    for fixture in json.loads(file.read_text(encoding="utf-8"))["fixtures"]:
        yield fixture["name"], fixture["options"], fixture["html"]


def normalised(html: str) -> str:
    """Return the HTML with white space between things dropped and one spelling of each entity."""
    html = html.replace("&#34;", "&quot;").replace("&#39;", "&#x27;")
    html = re.sub(r"\s+", " ", html)
    html = re.sub(r" ?(/?>) ?", r"\1", html)
    return re.sub(r" ?< ?", "<", html).strip()
