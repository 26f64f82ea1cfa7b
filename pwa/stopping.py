"""The way out of letters: a page that asks, and an answer to mail programs that stop them by themselves (RFC 8058)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.notifications.preferences import speaking_to
from cms.notifications.unsubscribing import letters_of, stop


# Whoever has the token may do this and nothing else: a mail program has neither a session nor a token of a form.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_letters(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether letters of a kind are to stop; a POST stops them. Looking, as mail scanners do, stops nothing."""
    letters = letters_of(token)
    if letters is None:
        raise Http404
    is_done = request.method == "POST"
    if is_done:
        stop(letters)
    with speaking_to(letters.user, get_language() or ""):
        response = render(request, "letters/stop.html", {"kind": letters.kind, "is_done": is_done})
    # The token stands in the address.
    response["Referrer-Policy"] = "no-referrer"
    return response
