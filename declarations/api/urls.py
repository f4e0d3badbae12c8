"""The addresses of the API. None asks for a sign-in; the calls ask for a token."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from declarations.api.answers import not_allowed, not_found
from declarations.api.calls import api
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


_patterns, _app_name, _namespace = api.urls
_answered = [_by_the_contract(pattern) for pattern in _patterns]  # type: ignore[arg-type]
urlpatterns = [
    path("", include((_answered, _app_name), _namespace)),
    re_path("", csrf_exempt(login_not_required(not_found))),
]
