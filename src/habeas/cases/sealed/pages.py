"""The pages of sealed notes: write one, open it, pass it on; and one's own key."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from habeas.cases.sealed import sealing
from habeas.cases.sealed.forms import KeyForm, NoteForm, PassOnForm, PassphraseForm
from habeas.cases.sealed.models import NotesKey, SealedNote
from habeas.cases.statements.models import Subject
from habeas.cases.statements.pages import hand, subject_at
from habeas.errors import NoteNotOpened
from habeas.watch.pages.forms import faults
from habeas.watch.pages.moment import now

OPENING = ("opened-note", "pass-note-on")
"""Routes on which a passphrase is tried."""
_KINDS = (Subject.PERSON, Subject.EVENT)
_WRONG = later("This passphrase does not open it.")
_WAIT = later("There were too many wrong passphrases. Wait for a quarter of an hour.")


@require_http_methods(["GET", "POST"])
def own_key(request: HttpRequest) -> HttpResponse:
    """Make one's own key, or lock it with another passphrase."""
    user = hand(request).by
    had = sealing.key_of(user)
    form = KeyForm(request.POST or None, has_key=had is not None)
    if request.method == "POST" and form.is_valid() and _kept(form, user, had):
        messages.success(request, say("Your key is ready. Nobody but you knows its passphrase."))
        return redirect("notes-key")
    context = {"form": form, "faults": faults(form), "key": had, "shortest": sealing.SHORTEST}
    return render(request, "sealed/key.html", context, status=422 if form.is_bound else 200)


def _kept(form: KeyForm, user: str, had: NotesKey | None) -> bool:
    typed = form.cleaned_data
    if had is None or typed.get("lost"):
        sealing.new_key(user, typed["new"], now())
        return True
    try:
        sealing.change_passphrase(user, typed["old"], typed["new"])
    except NoteNotOpened:
        form.add_error("old", str(_WRONG))
        return False
    return True


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, code: str) -> HttpResponse:
    """Seal a note for chosen members. What is typed is never kept as a draft."""
    subject = subject_at(code, request)
    if subject.kind not in _KINDS:
        raise Http404
    writer = hand(request)
    form = NoteForm(request.POST or None, keys=sealing.may_read(subject, now()), user=writer.by)
    if request.method == "POST" and form.is_valid():
        sealing.seal(subject, form.cleaned_data["text"], form.chosen(), writer, None)
        messages.success(request, say("The note is sealed."))
        return redirect("case", code=subject.code)
    context = {"form": form, "faults": faults(form), "subject": subject}
    context["own"] = sealing.key_of(writer.by)
    return render(request, "sealed/write.html", context, status=422 if form.is_bound else 200)


@require_GET
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Show of a note who sealed it when and for whom; a reader is asked for their passphrase."""
    return _closed(request, _found(pk), PassphraseForm())


@require_POST
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the text of a note on this answer, and keep it nowhere."""
    found = _found(pk)
    form = PassphraseForm(request.POST)
    text = _text(request, found, form)
    if text is None:
        return _closed(request, found, form)
    more = PassOnForm(keys=_others(found))
    context = {"note": found, "text": text, "form": more, "subject": found.subject}
    return render(request, "sealed/opened.html", context)


@require_POST
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Seal the text of a note once more, for further members."""
    found = _found(pk)
    form = PassOnForm(request.POST, keys=_others(found))
    text = _text(request, found, form)
    if text is None or not form.is_valid():
        return _closed(request, found, form)
    sealing.seal(found.subject, text, form.chosen(), hand(request), found)
    messages.success(request, say("The note is sealed."))
    return redirect("case", code=found.subject.code)


def _found(pk: int) -> SealedNote:
    notes = SealedNote.objects.select_related("subject", "again").prefetch_related("readers__key")
    return get_object_or_404(notes, pk=pk)


def _others(found: SealedNote) -> list[NotesKey]:
    have = {one.key_id for one in found.readers.all()}
    return [key for key in sealing.may_read(found.subject, now()) if key.pk not in have]


def _text(request: HttpRequest, found: SealedNote, form: forms.Form) -> str | None:
    """Return the text, or say on the form why it stays closed."""
    user = hand(request).by
    if not form.is_valid():
        return None
    if sealing.has_to_wait(user, OPENING, now()):
        form.add_error("passphrase", str(_WAIT))
        return None
    try:
        return sealing.open_note(found, user, form.cleaned_data["passphrase"])
    except NoteNotOpened:
        form.add_error("passphrase", str(_WRONG))
        return None


def _closed(request: HttpRequest, found: SealedNote, form: forms.Form) -> HttpResponse:
    context: dict[str, Any] = {
        "note": found,
        "subject": found.subject,
        "form": form,
        "faults": faults(form),
        "reads": sealing.key_for(found, hand(request).by) is not None,
    }
    return render(request, "sealed/note.html", context, status=422 if form.is_bound else 200)
