"""What a rule says when it refuses."""

from collections.abc import Callable

from core.refusals import RefusedChange


def refused(rule: Callable[..., object], *args: object) -> str:
    """The words in which a rule refuses these arguments, or none."""
    try:
        rule(*args)
    except RefusedChange as refusal:
        return str(refusal)
    return ""
