"""Pages of documents: one document, its file, uploading, what it repeats, how far it went."""

import logging
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_GET, require_http_methods

from habeas.cases.documents import keeping, kinds, taking
from habeas.cases.documents.models import Photo, Upload
from habeas.cases.statements import reading, recording
from habeas.cases.statements.forms import TimeField, one_of, short
from habeas.cases.statements.models import Derivation, Document, Subject
from habeas.cases.statements.pages import draw_form, hand, subject_at
from habeas.cases.statements.recording import Claim, Hand, Said
from habeas.cases.statements.words import DOCUMENTS
from habeas.errors import HabeasError, UploadRefused
from habeas.watch.pages.forms import faults
from habeas.watch.pages.moment import now


class UploadForm(forms.Form):
    """A file, and what is known of it."""

    file = forms.FileField(
        label=later("File"),
        help_text=later("PDF, picture, sound, video, Word or text, at most 25 MB."),
        error_messages={
            "required": later("Choose a file of at most 25 MB."),
            "empty": later("This file is empty."),
            "missing": later("Choose a file of at most 25 MB."),
            "invalid": later("Choose a file of at most 25 MB."),
        },
    )
    title = short(later("What it is"), most=500)
    kind = one_of(later("Kind of document"), DOCUMENTS, first="file")
    carrier = short(later("Who published or wrote it"), most=300)
    published = TimeField(later("Its date"))
    photo = forms.BooleanField(
        label=later("Show this picture of the person on their page"), required=False
    )

    def clean_file(self) -> bytes:
        """Return the bytes of the file.

        Raises:
            forms.ValidationError: it may not be taken.
        """
        sent = self.cleaned_data["file"]
        if sent.size > kinds.MOST_BYTES:
            raise forms.ValidationError(say("This file is larger than 25 MB."))
        content: bytes = sent.read()
        try:
            taking.checked(content)
        except UploadRefused:
            raise forms.ValidationError(
                say("Files of this kind are not taken. Send a PDF, picture, sound, video or text.")
            ) from None
        return content


class RepeatForm(forms.Form):
    """Whether this document repeats another."""

    original = forms.ModelChoiceField(
        Document.objects.none(),
        label=later("It repeats"),
        error_messages={
            "required": later("Choose one."),
            "invalid_choice": later("Choose one of the list."),
        },
    )
    holds = one_of(
        later("This is"), {"yes": later("so"), "no": later("not so after all")}, first="yes"
    )
    ground = short(later("How you know"), hint=later("It names it, or uses the same words."))

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        """Offer the documents of the same files."""
        super().__init__(*args, **kwargs)
        field = self.fields["original"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            Document.objects.filter(filed__subject__filed__document=document)
            .exclude(pk=document.pk)
            .distinct()
            .order_by("-pk")[:200]
        )
        field.queryset = Document.objects.filter(pk__in=[one.pk for one in field.queryset])
        field.label_from_instance = _named  # type: ignore[assignment]  # as Django documents it


_log = logging.getLogger(__name__)


def _named(one: Document) -> str:
    return one.name[:100]


class ReachForm(forms.Form):
    """How often a document was seen or passed on, as of a day."""

    metric = one_of(
        later("Counted"),
        {"views": later("views"), "shares": later("shares"), "comments": later("comments")},
        first="views",
    )
    number = forms.IntegerField(
        label=later("Number"),
        min_value=0,
        max_value=10**12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 14}),
        error_messages={
            "required": later("Write a number."),
            "invalid": later("Write a number."),
            "min_value": later("Write a number."),
            "max_value": later("Write a number."),
        },
    )
    about = TimeField(later("As of"), needed=True)
    speaker = short(later("Who counts"), hint=later("The site that shows the number."), needed=True)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Take a file into the file of a subject."""
    subject = subject_at(code, request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _keep(request, form, subject)
    return draw_form(request, form, subject, say("Add a document"), button=say("Send the file"))


def _keep(request: HttpRequest, form: UploadForm, subject: Subject) -> HttpResponse:
    kept = form.cleaned_data
    by = hand(request)
    name = str(getattr(request.FILES["file"], "name", ""))
    sent = taking.Sent(
        kept["file"], name, kept["kind"], kept["title"], kept["carrier"], kept["published"]
    )
    try:
        with transaction.atomic():
            taken = taking.take(subject, sent, by)
            if kept["photo"]:
                taking.take_photo(subject, taken, by)
    except HabeasError as error:
        form.add_error("file", f"{error.happened} {error.kept}")
        return draw_form(request, form, subject, say("Add a document"), button=say("Send the file"))
    messages.success(request, say("The file is kept."))
    return redirect("document", pk=taken.document_id)


@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one document; take down what it repeats, or how far it went."""
    found = get_object_or_404(Document, pk=pk)
    wanted = request.POST.get("form", "") if request.method == "POST" else ""
    repeat = RepeatForm(request.POST if wanted == "repeat" else None, document=found)
    reach = ReachForm(request.POST if wanted == "reach" else None, prefix="reach")
    done = (
        _repeat(repeat, found, hand(request))
        if wanted == "repeat"
        else wanted == "reach" and _reach(reach, found, hand(request))
    )
    if done:
        messages.success(request, say("It was taken down."))
        return redirect("document", pk=pk)
    return render(
        request,
        "documents/document.html",
        {
            "one": found,
            "uploads": found.uploads.order_by("pk"),
            "statements": reading.alive(
                list(found.statements.select_related("subject__person", "document").order_by("pk"))
            ),
            "repeats": _standing(found),
            "roots": Document.objects.filter(pk__in=reading.roots_of([found.pk])[found.pk]).exclude(
                pk=found.pk
            ),
            "reach": _reached(found),
            "repeat_form": repeat,
            "reach_form": reach,
            "faults": faults(repeat) + faults(reach),
            "files": Subject.objects.filter(filed__document=found).select_related("person"),
            "now": now(),
        },
        status=422 if wanted else 200,
    )


def _repeat(form: RepeatForm, found: Document, by: Hand) -> bool:
    if not form.is_valid():
        return False
    kept = form.cleaned_data
    recording.derive(
        found, kept["original"], by, holds=kept["holds"] == "yes", ground=kept["ground"]
    )
    return True


def _standing(found: Document) -> list[Derivation]:
    newest: dict[int, Derivation] = {}
    for one in found.repeats.select_related("original").order_by("pk"):
        newest[one.original_id] = one
    return list(newest.values())


def _reach(form: ReachForm, found: Document, by: Hand) -> bool:
    if not form.is_valid():
        return False
    kept = form.cleaned_data
    subject = _subject_of(found) or recording.new_subject(
        Subject.DOCUMENT, found.name, by, ref=f"document:{found.pk}"
    )
    recording.state(
        subject,
        Claim(
            "reach", str(kept["number"]), about=kept["about"], details={"metric": kept["metric"]}
        ),
        Said(kept["speaker"], "media", found),
        by,
    )
    return True


def _subject_of(found: Document) -> Subject | None:
    return Subject.objects.filter(kind=Subject.DOCUMENT, ref=f"document:{found.pk}").first()


def _reached(found: Document) -> list[Any]:
    subject = _subject_of(found)
    return reading.live(subject, "reach") if subject else []


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the bytes of an upload: to be saved, never to be shown or run by the browser."""
    found = get_object_or_404(Upload, pk=pk)
    content = keeping.read(found.sha256)
    if content is None:
        day = keeping.removed_on(found.sha256)
        told = {"one": found, "removed": day}
        return render(request, "documents/damaged.html", told, status=410 if day else 500)
    note_copy(found, hand(request).by)
    ending = kinds.ENDINGS.get(found.media_type, "bin")
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="document-{found.document_id}.{ending}"'
        },
    )


def note_copy(found: Upload, by: str) -> None:
    """Note who took a copy. A full disk keeps no family from its own paper."""
    try:
        keeping.handed_out(found.sha256, by=by)
    except HabeasError as error:
        _log.warning("a copy was handed out and not noted: %s", error)


@require_GET
def photo(_request: HttpRequest, pk: int) -> HttpResponse:
    """Show a picture that was drawn anew by us."""
    content = keeping.read(get_object_or_404(Photo, pk=pk).sha256)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/jpeg")
