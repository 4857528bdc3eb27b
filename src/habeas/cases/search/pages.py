"""The search page. The query is sent by POST, so that no name stands in an address or a history."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from habeas.cases.search.finding import Findings
from habeas.cases.search.finding import search as find
from habeas.watch.pages.moment import now


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Search all cases."""
    query = request.POST.get("q", "")
    found = find(query) if query.strip() else Findings((), "")
    return render(
        request,
        "search/search.html",
        {"query": query, "found": found.found, "layout": found.layout, "now": now()},
    )
