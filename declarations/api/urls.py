"""The addresses of an API. None asks for a sign-in; the calls ask for a token."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from declarations.api.answers import not_allowed, not_found
from declarations.api.requests import drain


def _by_the_contract(pattern: URLPattern) -> URLPattern:
    """The pattern, with a view that answers 404 and 405 too in the contract's form."""
    view: Callable[..., HttpResponse] = pattern.callback

    @login_not_required
    @wraps(view)
    def answered(request: HttpRequest, **parts: str) -> HttpResponse:
        try:
            response = view(request, **parts)
        except Http404:
            response = not_found(request)
        drain(request)
        if isinstance(response, HttpResponseNotAllowed):
            return not_allowed(response.headers["Allow"])
        return response

    pattern.callback = answered
    return pattern


def urls_of(api: NinjaAPI) -> list[URLPattern | URLResolver]:
    """The addresses of this API; any other below them is not found, in the contract's form."""
    patterns, app_name, namespace = api.urls
    answered = [_by_the_contract(pattern) for pattern in patterns]  # type: ignore[arg-type]
    return [
        path("", include((answered, app_name), namespace)),
        re_path("", csrf_exempt(login_not_required(not_found))),
    ]
