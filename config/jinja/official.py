"""GOV.UK's templates, in an environment of their own, where missing parameters are normal.

Two changes halve the time that a page of macros takes: the filter `indent` does nothing, and
`govukAttributes` is written in Python. The output for all fixtures of GOV.UK Frontend stays the
same except for white space.
"""

from collections.abc import Mapping, MutableMapping, Sequence
from threading import RLock
from typing import Any

from jinja2 import (
    BaseLoader,
    ChainableUndefined,
    ChoiceLoader,
    DictLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    Template,
    Undefined,
)
from markupsafe import Markup, escape


def govuk_attributes(attributes: object) -> Markup:
    """HTML attributes, each with a space before it, as the official macro makes them.

    `attributes` is HTML, or a mapping of names to values; anything else gives "". A value may be a
    mapping with `value` and `optional`: an optional attribute is left out if its value is None,
    undefined or False, and has no value if it is True.
    """
    if isinstance(attributes, str):
        return Markup(attributes)  # noqa: S704 - HTML, as for the official macro
    if not isinstance(attributes, Mapping):
        return Markup()
    escaped = "".join(_attribute(name, value) for name, value in attributes.items())
    return Markup(escaped)  # noqa: S704


def _attribute(name: str, value: object) -> str:
    if isinstance(value, Mapping):
        optional, value = value.get("optional") is True, value.get("value", "")
        if optional and value is True:
            return f" {escape(name)}"
        if optional and (value is None or value is False or isinstance(value, Undefined)):
            return ""
    elif isinstance(value, bool):
        value = str(value).lower()
    return f' {escape(name)}="{escape(value)}"'


def _unindented(text: str, *args: object, **kwargs: object) -> str:
    return text


class CompiledOnce(ChoiceLoader):
    """Has each template compiled by one thread, while the others that want it wait.

    After a start all threads ask for the same ones: each would compile them for itself, at the cost
    of all the others.
    """

    def __init__(self, loaders: Sequence[BaseLoader]) -> None:
        super().__init__(loaders)
        self._lock = RLock()
        self._compiled: dict[str, Template] = {}

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        with self._lock:
            if name not in self._compiled:
                self._compiled[name] = super().load(environment, name, globals)
            return self._compiled[name]


class OfficialTemplates(BaseLoader):
    """Loads GOV.UK's page template and macros, compiled in an environment of their own."""

    def __init__(self) -> None:
        macros = PackageLoader("govuk_frontend_jinja")
        attributes = DictLoader(
            {"macros/attributes.html": "{% set govukAttributes = govuk_attributes %}"}
        )
        official = PrefixLoader({"govuk_frontend_jinja": ChoiceLoader([attributes, macros])})
        self._environment = Environment(
            loader=CompiledOnce([official]),
            autoescape=True,
            undefined=ChainableUndefined,
        )
        self._environment.filters["indent"] = _unindented
        self._environment.globals["govuk_attributes"] = govuk_attributes

    def load(
        self, environment: Environment, name: str, globals: Mapping[str, object] | None = None
    ) -> Template:
        # Jinja keeps what a macro's file defines only if the file knows every name that the page
        # importing it knows. Otherwise it runs the file anew for each import.
        self._environment.globals.update(environment.globals)
        return self._environment.get_template(name)
