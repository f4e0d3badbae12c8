"""How the rules about declarations say no."""


class RefusedDeclaration(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A submission or a void that the provider contract refuses, in the contract's own words.

    `title` is the attribute that is at fault, `detail` the message for the provider.
    """

    def __init__(self, title: str, detail: str) -> None:
        super().__init__(f"{title}: {detail}")
        self.title = title
        self.detail = detail


class RefusedMove(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A change of state that the machine does not have. Its text says which, for a person."""
