"""The addresses of pages and files, looked up once in a process."""

from functools import cache, lru_cache

from django.templatetags.static import static
from django.urls import get_resolver, get_script_prefix, reverse

once_static = lru_cache(maxsize=None)(static)


@cache
def _path_of(name: str, number_of_arguments: int) -> tuple[str, tuple[str, ...]] | None:
    """The path of a named view with a gap for each argument, and the gaps' names."""
    for possibilities, *_ in get_resolver().reverse_dict.getlist(name):
        for path, gaps in possibilities:
            if len(gaps) == number_of_arguments:
                return path, tuple(gaps)
    return None


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
