"""Reads a page module's syntax tree for ways to records that pass by `schools/access.py`.

A page may ask `schools/access.py` and `mentors/people/finding.py`, and hand what they gave to
rules. It may not reach for a model's manager itself, nor hand a rule an identifier out of the
address alone: the rule would find the row for any user. This guards against forgetting, not against
hiding.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ACCESS = {"schools.access", "mentors.people.finding"}
# What leads to rows, as an attribute or as the text that getattr takes.
MANAGERS = {"objects", "_default_manager", "_base_manager", "get_queryset", "raw", "cursor"}
NAMES = {"get_model", "get_models", "connection", "connections", "import_string"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
# A generic view or a ModelForm finds rows by the model that it is given so.
DECLARED = {"model", "queryset"}
# The floors whose rules find rows.
FLOORS = ("accounts", "schools", "declarations", "mentors", "staff")


@dataclass(frozen=True)
class PageModule:
    """A page module: where it is and what it says."""

    path: Path
    tree: ast.Module

    @classmethod
    def read(cls, path: Path) -> "PageModule":
        return cls(path, ast.parse(path.read_text(encoding="utf-8")))

    def functions(self) -> Iterator[ast.FunctionDef]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef))

    @cached_property
    def imported(self) -> dict[str, str]:
        """The module that each name was imported from."""
        return {
            name.asname or name.name: node.module or ""
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom)
            for name in node.names
        }


def reaches(module: PageModule) -> list[str]:
    """Where the module reaches for rows by a manager, a model class or SQL: "line: what"."""
    return [f"{node.lineno}: {ast.unparse(node)}" for node in _reaching(module.tree)]


def _reaching(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) if name in MANAGERS | NAMES:
                yield node
            # Made of a model; a type that a hint names finds nothing.
            case ast.Call(func=ast.Name(id="QuerySet")):
                yield node
            case ast.Name(id=name) if name in NAMES:
                yield node
            case ast.Constant(value=str(name)) if name in MANAGERS:
                yield node
            case ast.Call(args=[first, *_]) if _called(node).split(".")[
                -1
            ] in SHORTCUTS and _is_class(first):
                yield node
            case ast.ClassDef():
                yield from (line for line in node.body if _declares_a_model(line))


def _is_a_shortcut(call: ast.Call) -> bool:
    return _called(call).split(".")[-1] in SHORTCUTS


def _declares_a_model(line: ast.stmt) -> bool:
    targets = line.targets if isinstance(line, ast.Assign) else []
    return any(isinstance(target, ast.Name) and target.id in DECLARED for target in targets)


def starting_at_access(modules: Iterable[PageModule]) -> set[str]:
    """The functions that ask access for this user, themselves or by another of these modules."""
    functions = {f.name: (f, m) for m in modules for f in m.functions()}
    found: set[str] = set()
    while more := {
        name for name, (f, m) in functions.items() if name not in found and _asks(f, m, found)
    }:
        found |= more
    return found


def _asks(function: ast.FunctionDef, module: PageModule, asking: set[str]) -> bool:
    return any(
        _gives(node, module, asking) for node in ast.walk(function) if isinstance(node, ast.Call)
    )


def _gives(call: ast.Call, module: PageModule, asking: set[str]) -> bool:
    """Whether this call is one of access for the user of the request, or of one that asks it."""
    name = _called(call)
    if module.imported.get(name, "") in ACCESS:
        return "request.user" in map(ast.unparse, call.args)
    return name in asking


def unguarded(
    function: ast.FunctionDef, module: PageModule, asking: set[str], identifiers: set[str]
) -> list[str]:
    """The calls of rules that get an identifier of the address, and nothing that access gave."""
    given = _given(function, module, asking)
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    return [
        f"{call.lineno}: {ast.unparse(call)}"
        for call in calls
        if _is_a_rule(call, module)
        and _names_in(*call.args, *(word.value for word in call.keywords)) & identifiers
        and not (call.args and _comes_from(call.args[0], module, asking, given))
    ]


def _given(function: ast.FunctionDef, module: PageModule, asking: set[str]) -> set[str]:
    """The names that hold what access gave, or what was made of it."""
    given: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and _comes_from(node.value, module, asking, given):
            given |= _names_in(*node.targets)
    return given


def _comes_from(node: ast.AST, module: PageModule, asking: set[str], given: set[str]) -> bool:
    calls = (part for part in ast.walk(node) if isinstance(part, ast.Call))
    return bool(_names_in(node) & given) or any(_gives(call, module, asking) for call in calls)


def _is_a_rule(call: ast.Call, module: PageModule) -> bool:
    """Whether what is called is a function of our floors, but of access and of the pages."""
    came_from = module.imported.get(_called(call).partition(".")[0], "")
    pages = ("mentors.views", "mentors.journeys")
    of_ours = came_from.split(".")[0] in FLOORS and not came_from.startswith(pages)
    return of_ours and came_from not in ACCESS and not _is_class(call.func)


def _names_in(*nodes: ast.AST) -> set[str]:
    return {part.id for node in nodes for part in ast.walk(node) if isinstance(part, ast.Name)}


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func)


def _is_class(node: ast.AST) -> bool:
    """Whether it is named as classes are."""
    return ast.unparse(node).split(".")[-1][:1].isupper() and not isinstance(node, ast.Call)
