"""GOV.UK's templates, in an environment of their own, where missing parameters are normal.

These changes make them fast: the filter `indent` does nothing, `govukAttributes` is written in
Python, parameters are looked up as what they are, keys of a dict, and what a macro makes is kept
and filled in (`filled.py`). The output for all fixtures of GOV.UK Frontend stays the same except
for white space.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from threading import RLock
from typing import Any

from jinja2 import (
    BaseLoader,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    Template,
    Undefined,
)
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from config.jinja.filled import filled_in


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


class SharedTemplate(Template):
    """A template whose macros are the same for every page that imports them.

    At each import, Jinja compares the globals of the page with those of the macros, and makes the
    macros anew if the page has more. Here all templates have the globals of the environment, and
    what a page adds is in its context, so that is never needed.
    """

    def _get_default_module(self, ctx: object = None) -> Any:
        return super()._get_default_module()


_NOT_GIVEN = ChainableUndefined()
_METHODS = frozenset({"get", "items"})  # of a dict, that the macros call


class _Environment(Environment):
    """Looks a parameter up by its key at once; Jinja asks for an attribute of the dict first."""

    template_class = SharedTemplate

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is not dict or attribute in _METHODS:
            return super().getattr(obj, attribute)
        return obj.get(attribute, _NOT_GIVEN)


# The import of `govukAttributes`, which each macro would repeat whenever it is called.
_IMPORT = re.compile(
    r'{%(-?) from "govuk_frontend_jinja/macros/attributes\.html" import govukAttributes (-?)%}'
)


class _Macros(PackageLoader):
    """The files of the package, which find `govukAttributes` among the globals."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool] | None]:
        source, *others = super().get_source(environment, template)
        source = _IMPORT.sub(r"{#\1 attributes \2#}", source)
        if template == "template.html":
            # It renders header and footer once to see whether they are empty, and once to show
            # them. Here the first result is kept.
            source = source.replace("{%- if caller()", "{%- set made = caller() %}{%- if made")
            source = source.replace("{{ caller() }}", "{{ made }}")
        return source, *others  # type: ignore[return-value]


def macro_of(environment: Environment, name: str) -> Callable[..., Markup]:
    """GOV.UK's macro of this name, such as "govukDateInput", as pages import it."""
    component = re.sub("([A-Z])", r"-\1", name.removeprefix("govuk")).lower().removeprefix("-")
    path = f"govuk_frontend_jinja/components/{component}/macro.html"
    return getattr(environment.get_template(path).module, name)


class OfficialTemplates(BaseLoader):
    """Loads GOV.UK's page template and macros, compiled in an environment of their own."""

    def __init__(self) -> None:
        official = PrefixLoader({"govuk_frontend_jinja": _Macros("govuk_frontend_jinja")})
        self._environment = _Environment(
            loader=CompiledOnce([official]),
            autoescape=True,
            auto_reload=False,
            undefined=ChainableUndefined,
        )
        self._environment.filters["indent"] = _unindented

    def load(
        self, environment: Environment, name: str, globals: Mapping[str, object] | None = None
    ) -> Template:
        # The page template, which pages extend, and the macros know the pages' globals.
        self._environment.globals.update(environment.globals)
        template = self._environment.get_template(name)
        if name.endswith("/macro.html"):
            defined = vars(template.module)
            defined |= {
                name: filled_in(macro)
                for name, macro in defined.items()
                if isinstance(macro, Macro)
            }
        return template
