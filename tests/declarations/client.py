"""A lead provider's client: sends what it is told to the API, and reads the JSON of the answer."""

import json
from typing import Any

from django.test import Client
from django.utils import timezone

from declarations.models import LeadProvider
from declarations.tokens import make_token

PATH = "/api/v3/participant-declarations"
GOOD_TYPE = "application/json; charset=utf-8"


class Provider:
    """A client with a token of its own, over Django's test client."""

    def __init__(self, provider: LeadProvider) -> None:
        self.provider = provider
        self.token, self.secret = make_token(provider, by="command test", now=timezone.now())
        self._client = Client(headers={"authorization": f"Bearer {self.secret}"})

    def send(self, method: str, path: str = PATH, body: Any = b"", **more) -> tuple[int, Any]:
        """The status and the JSON of an answer, which must be JSON as the contract has it."""
        response = self.raw(method, path, body, **more)
        return response.status_code, json.loads(response.content)

    def raw(self, method: str, path: str = PATH, body: Any = b"", **more):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        response = self._client.generic(method, path, data, "application/json", **more)
        assert response.headers["Content-Type"] == GOOD_TYPE
        return response

    def post(self, **attributes: object) -> tuple[int, Any]:
        """Submit these attributes."""
        return self.send("POST", body=submission(**attributes))

    def get(self, path: str = PATH, **query: object) -> tuple[int, Any]:
        return self.send("GET", path, query_params=query)

    def show(self, declaration_id: object) -> tuple[int, Any]:
        return self.send("GET", f"{PATH}/{declaration_id}")

    def void(self, declaration_id: object) -> tuple[int, Any]:
        return self.send("PUT", f"{PATH}/{declaration_id}/void")

    def ids(self, **query: object) -> list[str]:
        """The ids of the declarations in a list that is answered."""
        status, answer = self.get(**query)
        assert status == 200, answer
        return [each["id"] for each in answer["data"]]


def submission(**attributes: object) -> dict:
    return {"data": {"type": "participant-declaration", "attributes": attributes}}


def errors(title: str, detail: str) -> dict:
    return {"errors": [{"title": title, "detail": detail}]}


WRONG_STRUCTURE = errors(
    "Bad request", "Correct json data structure required. See API docs for reference."
)
DENIED = {"error": "HTTP Token: Access denied"}
NOT_FOUND = errors("Resource not found", "Nothing could be found for the provided details")


V3 = "/api/v3"
_BY_PAGES = 1000  # more pages than any test has


def asked(provider: Provider, method: str, path: str, **attributes: object) -> tuple[int, Any]:
    """The answer to a call below V3 with these attributes."""
    return provider.send(method, f"{V3}/{path}", body={"data": {"attributes": attributes}})


def listed(provider: Provider, path: str, **query: object) -> list[dict]:
    """The rows of a list below V3; `filter_cohort` stands for `filter[cohort]`."""
    query = {
        f"filter[{name.removeprefix('filter_')}]" if name.startswith("filter_") else name: value
        for name, value in query.items()
    }
    status, answer = provider.get(f"{V3}/{path}", **query)
    assert status == 200, answer
    return answer["data"]


def ids_of(provider: Provider, path: str, **query: object) -> list[str]:
    """The ids of the rows of a list below V3."""
    return [each["id"] for each in listed(provider, path, **query)]


def shown(provider: Provider, path: str) -> dict | None:
    """The row that a call shows, without its list; None when it is not found."""
    status, answer = provider.get(f"{V3}/{path}")
    if status == 404:
        assert answer == NOT_FOUND
        return None
    assert status == 200, answer
    return answer["data"]


def in_pages(provider: Provider, path: str, size: int, **query: object) -> list[str]:
    """The ids of a list below V3, read page by page."""
    found: list[str] = []
    for number in range(1, _BY_PAGES):
        page = {"page[page]": number, "page[per_page]": size}
        ids = ids_of(provider, path, **page, **query)
        found += ids
        if len(ids) < size:
            return found
    raise AssertionError("The list has no end")
