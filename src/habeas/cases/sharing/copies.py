"""A copy of an uploaded file that tells nothing but its content, to be handed on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from habeas.cases.documents import keeping
from habeas.cases.documents.models import Upload
from habeas.cases.documents.pages import note_copy
from habeas.cases.sharing import stripping
from habeas.cases.statements.pages import hand
from habeas.errors import NotStripped


@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is taken out of a file; sent, give the copy without it. The original stays."""
    found = get_object_or_404(Upload.objects.select_related("document"), pk=pk)
    content = keeping.read(found.sha256)
    if content is None:
        return render(request, "documents/damaged.html", {"one": found}, status=500)
    try:
        made = stripping.stripped(content)
    except NotStripped as error:
        return render(request, "sharing/copy.html", {"one": found, "error": error}, status=422)
    if request.method == "GET":
        return render(request, "sharing/copy.html", {"one": found, "removed": made.removed})
    note_copy(found, hand(request).by)
    name = f"document-{found.document_id}-copy.{made.extension}"
    return HttpResponse(
        made.content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
