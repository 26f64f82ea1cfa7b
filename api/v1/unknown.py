"""Addresses under /api/ at which there is nothing."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve
from django.views.decorators.csrf import csrf_exempt

from api.v1.problems import not_found


@csrf_exempt  # there is nothing here to forge
def unknown(request: HttpRequest) -> HttpResponse:
    """Answer as for a thing that does not exist; an address that only lacks its end slash leads to the right one."""
    if request.method in ("GET", "HEAD") and is_somewhere(request.path_info + "/"):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{request.path}/" + (f"?{query}" if query else ""))
    return not_found()


def is_somewhere(path: str) -> bool:
    """Say whether there is an address of the API at a path."""
    return not path.endswith("//") and resolve(path).func is not unknown
