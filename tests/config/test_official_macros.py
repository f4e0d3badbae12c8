"""The official macros, through our faster environment, still give the official HTML."""

from typing import Any

import pytest
from django.template import engines

from tests.config.official import COMPONENTS, fixtures, normalised

EXAMPLES = [
    pytest.param(folder.name, options, html, id=f"{folder.name}: {name}")
    for folder in sorted(path.parent for path in COMPONENTS.glob("*/fixtures.json"))
    for name, options, html in fixtures(folder.name)
]


def test_all_examples_are_here() -> None:
    assert len(EXAMPLES) == 657


@pytest.mark.parametrize(("component", "options", "html"), EXAMPLES)
def test_macro_gives_the_official_html(component: str, options: dict[str, Any], html: str) -> None:
    macro = "govuk" + component.title().replace("-", "")
    source = (
        f'{{% from "govuk_frontend_jinja/components/{component}/macro.html" import {macro} %}}'
        f"{{{{ {macro}(options) }}}}"
    )
    ours = engines["jinja2"].env.from_string(source).render(options=options)
    assert normalised(ours) == normalised(html)
