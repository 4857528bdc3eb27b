"""Pages of sharing: choose a format, see exactly what would leave, hand it out, see what left."""

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_GET, require_http_methods

from habeas.cases.sharing import attached, gate, handing
from habeas.cases.sharing.contract import Format, Occasion, formats
from habeas.cases.sharing.models import Leaving
from habeas.cases.sharing.shown import gone
from habeas.cases.statements.forms import long, short
from habeas.cases.statements.models import Subject
from habeas.cases.statements.pages import hand, subject_at
from habeas.cases.statements.words import CIRCLES
from habeas.errors import HabeasError
from habeas.watch.pages.forms import faults
from habeas.watch.pages.moment import now

MOST_ON_A_PAGE = 2000
"""How many people one page hands out; more are written by the command, which streams."""
MOST_BYTES_ON_A_PAGE = 100 * 1024 * 1024
"""Bytes of files that one page reads while somebody waits."""
_SHOWN = 200
_LANGUAGES = {
    "en": "English",
    "ru": "Русский",
    "tg": "Тоҷикӣ",
    "uz": "Oʻzbekcha",
    "fr": "Français",
    "es": "Español",
}


class HandOutForm(forms.Form):
    """Who gets it; what was shown before."""

    recipient = short(
        later("Who gets it"),
        hint=later("It is written into the case, and into the file where it has a place for it."),
        needed=True,
        most=300,
    )
    key = long(
        later("Their public key"),
        hint=later("Only for an encrypted bundle: it begins with age1. Ask for it by two ways."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


@require_GET
def choose(request: HttpRequest, code: str = "") -> HttpResponse:
    """Offer every format, for one person or for all, with the circles it can be written for."""
    subject = _person_at(code, request) if code else None
    listed = [
        (one, [(key, CIRCLES[key]) for key in gate.circles(one)])
        for one in formats().values()
        if subject is not None or not one.one_person
    ]
    left = Leaving.objects.order_by("-pk")
    if subject is not None:
        left = left.filter(people__subject=subject)
    context = {
        "subject": subject,
        "formats": listed,
        "left": gone(left[:_SHOWN], subject),
    }
    return render(request, "sharing/choose.html", context)


@require_http_methods(["GET", "POST"])
def export(request: HttpRequest, format: str, code: str = "") -> HttpResponse:  # noqa: A002 - the word of the address
    """Show what would leave; when it was seen and confirmed, hand it out."""
    of = formats().get(format)
    subject = _person_at(code, request) if code else None
    if of is None or (subject is None and of.one_person):
        raise Http404
    form = HandOutForm(request.POST or None)
    occasion = replace(_occasion(request, of), whole=subject is None)
    people = [subject.pk] if subject else _everybody()
    context: dict[str, Any] = {"form": form, "of": of, "subject": subject, "occasion": occasion}
    if _is_too_much(of, people):
        context |= {"too_many": True, **_shown(handing.Preview(), of, request)}
        return render(request, "sharing/export.html", context)
    try:
        shown = handing.preview(of, people, occasion)
        if request.method == "POST" and form.is_valid() and _was_seen(form, shown):
            recipient, key = _typed(form)
            return _file(of, people, replace(occasion, recipient=recipient, key=key))
    except HabeasError as error:
        if form.is_bound:
            form.add_error(None, f"{error.happened} {error.kept} {error.advice}")
        context["error"] = error
        shown = handing.Preview()
    context |= _shown(shown, of, request)
    context["faults"] = faults(form)
    return render(request, "sharing/export.html", context, status=422 if form.is_bound else 200)


def _person_at(code: str, request: HttpRequest) -> Subject:
    subject = subject_at(code, request)
    if subject.kind != Subject.PERSON:
        raise Http404
    return subject


def _everybody() -> list[int]:
    people = Subject.objects.filter(kind=Subject.PERSON).order_by("pk")
    return list(people.values_list("pk", flat=True)[: MOST_ON_A_PAGE + 1])


def _occasion(request: HttpRequest, of: Format) -> Occasion:
    circle = request.GET.get("for", "")
    lang = request.GET.get("lang", "")
    spoken = (get_language() or "en").split("-", maxsplit=1)[0]
    if lang not in of.languages:
        lang = spoken if spoken in of.languages else of.languages[0]
    allowed = gate.circles(of)
    return Occasion(
        now=now(),
        lang=lang,
        by=hand(request).by,
        recipient="",
        circle=circle if circle in allowed else allowed[0],
    )


def _typed(form: HandOutForm) -> tuple[str, str]:
    return form.cleaned_data["recipient"], form.cleaned_data["key"].strip()


def _was_seen(form: HandOutForm, shown: handing.Preview) -> bool:
    if form.cleaned_data["seen"] == shown.seen:
        return True
    form.add_error(
        None, say("What would leave has changed meanwhile. Read it below, then confirm again.")
    )
    return False


def _file(of: Format, people: list[int], occasion: Occasion) -> HttpResponse:
    buffer = io.BytesIO()
    leaving = handing.hand_out(of, people, occasion, buffer)
    return HttpResponse(
        buffer.getvalue(),
        content_type="application/octet-stream",
        headers={
            # No name of anybody: download lists are seen by others.
            "Content-Disposition": f'attachment; filename="{of.key}-{leaving.pk}.{of.extension}"'
        },
    )


def _is_too_much(of: Format, people: list[int]) -> bool:
    heavy = of.attaches and attached.weight_of(people) > MOST_BYTES_ON_A_PAGE
    return heavy or len(people) > MOST_ON_A_PAGE


def _files(
    shown: handing.Preview, subjects: Mapping[int, Subject]
) -> list[tuple[Subject, attached.Attached]]:
    """Return whose paper each file is, and what becomes of it; the first of them."""
    every = [(subjects[key], one) for key in shown.files for one in shown.files[key]
             if key in subjects]  # fmt: skip
    return every[:_SHOWN]


def _shown(shown: handing.Preview, of: Format, request: HttpRequest) -> dict[str, Any]:
    listed = list(shown.going)[:_SHOWN] + list(shown.refused)[:_SHOWN]
    subjects = Subject.objects.select_related("person").in_bulk(listed)
    circle = request.GET.get("for", "")
    allowed = gate.circles(of)
    return {
        "preview": shown,
        "going": [
            (subjects[key], shown.names[key], fields)
            for key, fields in list(shown.going.items())[:_SHOWN]
            if key in subjects
        ],
        "refused": [
            (subjects[key], words)
            for key, words in list(shown.refused.items())[:_SHOWN]
            if key in subjects
        ],
        "files": _files(shown, subjects),
        "circles": [(key, CIRCLES[key]) for key in allowed],
        "circle": circle if circle in allowed else allowed[0],
        "written_in": [(key, _LANGUAGES[key]) for key in of.languages],
        "encrypted": of.extension.endswith("age"),
    }
