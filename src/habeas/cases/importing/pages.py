"""Pages of imports: send a file, say what its columns mean, look, decide, take over, undo."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as say
from django.utils.translation import ngettext as say_n
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from habeas.bundles import identities
from habeas.cases.importing import applying, deciding, proposals, staging
from habeas.cases.importing.bundled import senders
from habeas.cases.importing.counted import counted
from habeas.cases.importing.deciding import ALONE, DOUBLE, REST
from habeas.cases.importing.forms import ColumnsForm, StartForm
from habeas.cases.importing.kinds import BUNDLE
from habeas.cases.importing.models import Alike, Decision, Import, Row
from habeas.cases.importing.shown import shown
from habeas.cases.statements.models import Subject
from habeas.cases.statements.pages import hand
from habeas.errors import HabeasError, SenderUnsure
from habeas.evidence.seals.keys import KeyRing, in_groups
from habeas.watch.pages.forms import faults
from habeas.watch.pages.moment import now

_ON_A_PAGE, _BUNDLE_ON_A_PAGE = 20, 4
"""Rows on a page; a person of a bundle comes with everything that is said of them."""
_MOST_S = 20.0
"""Seconds that one press takes rows over; the next press goes on."""


def own(request: HttpRequest, pk: int) -> Import:
    """Return an import of whoever asks.

    Raises:
        Http404: there is none, or somebody else's: both look the same.
    """
    return get_object_or_404(
        Import.objects.select_related("document", "subject"),
        pk=pk,
        by=request.user.get_username(),
    )


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Take a file and read it; nothing is taken over yet."""
    form = StartForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        name = str(getattr(request.FILES["file"], "name", ""))
        sent = staging.Sent(
            kept["file"], name, kept["speaker"], kept["role"], kept["said_on"], kept["case"],
            kept["passphrase"],
        )  # fmt: skip
        try:
            staged = staging.stage(sent, hand(request), most=staging.ON_A_PAGE)
        except HabeasError as error:
            form.add_error("file", f"{error.happened} {error.advice}")
        else:
            if staged.again:
                messages.warning(request, say("This file was read before: here it is."))
            return redirect("import", pk=staged.imported.pk)
    mine = Import.objects.filter(by=request.user.get_username()).order_by("-pk")[:30]
    return render(
        request,
        "importing/start.html",
        {"form": form, "faults": faults(form), "imports": mine, "now": now()},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
def choose_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the columns mean; the rows are compared anew under it."""
    imported = own(request, pk)
    form = ColumnsForm(request.POST or None, mapping=deciding.mapping_of(imported))
    if request.method == "POST" and form.is_valid():
        try:
            deciding.choose(imported, form.chosen(), hand(request))
        except HabeasError as error:
            form.add_error(None, f"{error.happened} {error.kept}")
        else:
            proposals.propose(imported)
            messages.success(request, say("The columns are kept, also for the next such file."))
            return redirect("import", pk=pk)
    return render(
        request,
        "importing/columns.html",
        {"form": form, "faults": faults(form), "one": imported, "now": now()},
        status=422 if form.is_bound else 200,
    )


@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was read, what it would become, and what came of it."""
    imported = own(request, pk)
    mapping = deciding.mapping_of(imported)
    pages = Paginator(imported.rows.order_by("number"), _on_a_page(imported))
    page = pages.get_page(request.GET.get("page"))
    return render(
        request,
        "importing/preview.html",
        {
            "one": imported,
            "columns": list(mapping.items())[:60],
            "page": page,
            "rows": shown(page.object_list, mapping),
            "counted": counted(imported),
            "alike": Alike.objects.filter(row__imported=imported).values("row").distinct().count(),
            "groups": (ALONE, DOUBLE, REST),
            "sender": senders.sender_of(imported.bundle) if imported.kind == BUNDLE else None,
            "now": now(),
        },
    )


def _on_a_page(imported: Import) -> int:
    return _BUNDLE_ON_A_PAGE if imported.kind == BUNDLE else _ON_A_PAGE


@require_POST
def decide_row(request: HttpRequest, pk: int) -> HttpResponse:
    """Take down what somebody decides about a row: "new", "out", "open", "P7", or "row 3"."""
    mine = Row.objects.select_related("imported").filter(imported__by=request.user.get_username())
    row = get_object_or_404(mine, pk=pk)
    imported = row.imported
    answer = request.POST.get("answer", "")
    if answer == "code":
        answer = request.POST.get("code", "").strip()
    try:
        _decide(row, answer, request)
    except HabeasError as error:
        messages.error(request, f"{error.happened} {error.kept}")
    else:
        messages.success(request, say("It was taken down."))
    page = (row.number - 1) // _on_a_page(imported) + 1
    response = redirect("import", pk=imported.pk)
    response["Location"] += f"?page={page}#row-{row.number}"
    return response


def _decide(row: Row, answer: str, request: HttpRequest) -> None:
    if answer in {Decision.NEW, Decision.OUT, Decision.OPEN}:
        deciding.decide(row, answer, hand(request))
        return
    kind, _sep, number = answer.partition(" ")
    other = subject = None
    if kind == "row" and number.isascii() and number.isdecimal() and len(number) < 9:
        other = row.imported.rows.filter(number=int(number)).first()
    else:
        subject = Subject.objects.filter(code=answer, kind=Subject.PERSON).first()
    deciding.decide(row, Decision.SAME, hand(request), subject=subject, other=other)


@require_POST
def decide_group(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide all undecided rows of a group."""
    imported = own(request, pk)
    try:
        count = deciding.decide_group(imported, request.POST.get("group", ""), hand(request))
    except HabeasError as error:
        messages.error(request, f"{error.happened} {error.kept}")
    else:
        words = say_n("%(n)d row was decided.", "%(n)d rows were decided.", count)
        messages.success(request, words % {"n": count})
    return redirect("import", pk=pk)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over what is decided, for as long as somebody may wait; the next press goes on."""
    imported = own(request, pk)
    try:
        left = applying.apply(imported, hand(request), most_s=_MOST_S)
    except SenderUnsure as error:
        messages.error(request, f"{error.happened} {error.kept} {error.advice}")
        return redirect("import", pk=pk)
    if left:
        words = say_n("%(n)d row still waits. Go on.", "%(n)d rows still wait. Go on.", left)
        messages.warning(request, words % {"n": left})
    else:
        messages.success(request, say("What was decided is taken over."))
    return redirect("import", pk=pk)


@require_POST
def compared(request: HttpRequest, pk: int) -> HttpResponse:
    """Take down that somebody compared the key of a bundle with its owner."""
    imported = own(request, pk)
    if imported.kind != BUNDLE:
        raise Http404
    senders.compare(imported, hand(request))
    messages.success(request, say("It was taken down."))
    return redirect("import", pk=pk)


@require_http_methods(["GET", "POST"])
def bundle_key(request: HttpRequest) -> HttpResponse:
    """Show the line to give to others, and the key that they compare; sent, make a line."""
    folder = Path(settings.HABEAS_HOME) / "keys"
    if request.method == "POST":
        identities.new_identity(folder)
        messages.success(request, say("The line is made. Earlier ones still open what they did."))
        return redirect("bundle-key")
    own_keys = identities.identities(folder)
    signing = next((one.fingerprint for one in KeyRing(folder).known() if one.current), "")
    context = {"own": own_keys[:1], "earlier": own_keys[1:], "signing": in_groups(signing)}
    return render(request, "importing/key.html", context)


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what came of an import, once somebody has confirmed it."""
    imported = own(request, pk)
    if not counted(imported).imported:
        raise Http404
    if request.method == "POST":
        count = applying.undo(imported, hand(request))
        words = say_n("%(n)d row was taken back.", "%(n)d rows were taken back.", count)
        messages.success(request, words % {"n": count})
        return redirect("import", pk=pk)
    return render(
        request,
        "importing/undo.html",
        {"one": imported, "counted": counted(imported), "now": now()},
    )
