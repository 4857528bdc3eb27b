"""Pages of reading: give a text, answer what it suggests, see what it repeats."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_GET, require_http_methods

from habeas.cases.statements import recording
from habeas.cases.statements.forms import PRIVATE, TimeField, one_of, short, web_address
from habeas.cases.statements.models import Document, Subject
from habeas.cases.statements.pages import hand, subject_at
from habeas.cases.statements.recording import Hand
from habeas.cases.statements.words import DOCUMENTS
from habeas.cases.suggestions import accepting, kin, marked, people, texts
from habeas.cases.suggestions.accepting import Choice
from habeas.cases.suggestions.models import Who
from habeas.cases.suggestions.offered import QUESTION, Offer, Offers, offers, remark
from habeas.cases.suggestions.texts import LONGEST, Part
from habeas.errors import HabeasError, StatementRefused
from habeas.language import _
from habeas.reading import Kind
from habeas.watch.pages import recording as watching
from habeas.watch.pages.forms import faults

_EVENTS = 100
_NEW = "new"


class TextForm(forms.Form):
    """A text as somebody pastes it, and where it stands."""

    text = forms.CharField(
        label=later("The text"),
        help_text=later("An article, a ruling, a post. Nothing of it leaves this computer."),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, **PRIVATE}),
        error_messages={
            "required": later("This has to be filled in."),
            "max_length": later("This is too long. Send it as a file of the case."),
        },
    )
    title = short(later("What it is"), hint=later("Its headline, for example."), most=500)
    carrier = short(later("Who published or wrote it"), needed=True, most=300)
    kind = one_of(later("Kind of document"), DOCUMENTS, first="article")
    address = short(later("Its address (https://…)"))
    published = TimeField(later("Its date"))

    def clean_address(self) -> str:
        """Return the address.

        Raises:
            forms.ValidationError: it is no web address.
        """
        return web_address(str(self.cleaned_data["address"]))


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, code: str = "") -> HttpResponse:
    """Take a text; into the file of a case or an event where one is named."""
    subject = subject_at(code, request) if code else None
    form = TextForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        document = _given(form.cleaned_data, subject, hand(request))
        return redirect("read-document", pk=document.pk)
    return render(
        request,
        "suggestions/give.html",
        {"form": form, "faults": faults(form), "subject": subject},
        status=422 if form.is_bound else 200,
    )


def _given(kept: dict[str, Any], subject: Subject | None, by: Hand) -> Document:
    text = kept["text"].replace("\r\n", "\n")
    with transaction.atomic():
        document = Document.objects.create(
            kind=kept["kind"],
            title=kept["title"] or text.strip().partition("\n")[0].strip()[:200],
            carrier=kept["carrier"],
            address=kept["address"],
            published=kept["published"],
            text=text,
            retrieved_at=by.at,
            added_by=by.by,
            added_at=by.at,
        )
        if subject is not None:
            recording.file(subject, document, by)
    return document


class _Desk:
    """A document on the table: its part, its offers, and what its reader chose."""

    def __init__(self, request: HttpRequest, document: Document) -> None:
        self.request = request
        self.document = document
        self.sent = request.POST
        number = request.GET.get("part", "1")
        whole = texts.whole(document)
        self.why_not = whole.why_not
        wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
        self.part: Part = texts.part(whole.text, wanted)
        self.offers: Offers = offers(self.part, document.answers.order_by("number"))
        self.cases = people.cases_beside(document)
        self.who = self._who()

    def _who(self) -> dict[int, people.Guess]:
        """Return whose case each person of the text is, as said or as the names suggest."""
        said = people.said(self.document)
        found = {}
        for offer in self.offers:
            if offer.kind == Kind.PERSON and offer.person is not None:
                guess = said.get(offer.told) or people.guessed(offer.spellings, self.cases)
                if guess is not None:
                    found[offer.person] = guess
        return found

    def year(self) -> str:
        """Return the year for dates without one, as sent, else as the document is dated."""
        year = self.sent.get("year", self.document.published[:4]).strip()
        return year if len(year) == 4 and year.isascii() and year.isdigit() else ""

    def case_of(self, offer: Offer) -> Subject:
        """Return whose case a suggestion is about.

        Raises:
            StatementRefused: nobody said whose.
        """
        codes = [self.sent.get(f"who-{offer.person}", ""), self.sent.get("case", "")]
        code = next((one.strip() for one in codes if one.strip()), "")
        found = Subject.objects.filter(code=code).select_related("person").first()
        if found is None:
            raise StatementRefused(_("it does not say whose case it is"))
        return found

    def event(self, by: Hand) -> Subject:
        """Return the event of a count; a new one is opened where its title was given.

        Raises:
            StatementRefused: no event was chosen.
        """
        code = self.sent.get("event", "")
        if code == _NEW:
            title = self.sent.get("event_title", "").strip() or self.document.name
            return recording.new_subject(Subject.EVENT, title, by)
        found = Subject.objects.filter(code=code, kind=Subject.EVENT).first()
        if found is None:
            raise StatementRefused(_("it does not say which event it is about"))
        return found

    def events(self) -> list[Subject]:
        """Return the events to choose from, those of this document first."""
        own = Subject.objects.filter(kind=Subject.EVENT, filed__document=self.document)
        rest = Subject.objects.filter(kind=Subject.EVENT).order_by("-pk")[:_EVENTS]
        return list({one.pk: one for one in [*own, *rest]}.values())


@require_http_methods(["GET", "POST"])
def read_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a text beside what it suggests; take down one answer."""
    document = get_object_or_404(Document, pk=pk)
    desk = _Desk(request, document)
    if request.method == "POST":
        number = _answered(desk)
        address = reverse("read-document", args=[pk])
        return redirect(f"{address}?part={desk.part.number}#s{number}")
    return render(
        request,
        "suggestions/read.html",
        {
            "document": document,
            "part": desk.part,
            "parts": range(1, desk.part.of + 1),
            "why_not": desk.why_not,
            "remark": remark(desk.part) if desk.part.text else "",
            "groups": desk.offers.groups,
            "number": len(desk.offers.by_key),
            "pieces": marked.pieces(desk.part.text, desk.offers),
            "who": desk.who,
            "cases": _offered_cases(desk),
            "case": desk.cases[0] if len(desk.cases) == 1 else None,
            "events": desk.events(),
            "event": Subject.objects.filter(kind=Subject.EVENT, filed__document=document).first(),
            "year": desk.year(),
            "kin": kin.proposed(document, desk.part.text),
            "question": QUESTION,
        },
    )


def _offered_cases(desk: _Desk) -> list[Subject]:
    found = {one.pk: one for one in desk.cases}
    found |= {one.subject.pk: one.subject for one in desk.who.values() if one.subject}
    rows = Subject.objects.filter(kind=Subject.PERSON, person__closed_at=None)
    found |= {one.pk: one for one in rows.select_related("person").order_by("-pk")[:_EVENTS]}
    return list(found.values())


def _answered(desk: _Desk) -> int:
    """Take down what was pressed; return the number of the suggestion, to come back to it."""
    verb, _sep, key = desk.sent.get("do", "").partition(" ")
    by = hand(desk.request)
    if verb == "repeats":
        _repeats(desk, key, by)
        return 0
    offer = desk.offers.by_key.get(key)
    act = _ACTS.get(verb)
    if offer is None or act is None:
        messages.error(
            desk.request, say("This suggestion is no longer there. Nothing was taken down.")
        )
        return 0
    try:
        with transaction.atomic():
            words = act(desk, offer, by)
    except HabeasError as error:
        messages.error(desk.request, f"{error.happened} {error.kept}")
    else:
        messages.success(desk.request, words)
    return offer.number


def _accept(
    desk: _Desk, offer: Offer, by: Hand, *, by_carrier: bool = False, search: bool = False
) -> str:
    is_count = offer.kind == Kind.COUNT
    subject = desk.event(by) if is_count else desk.case_of(offer)
    choice = Choice(subject, desk.year(), by_carrier)
    made = accepting.accept(desk.document, desk.part, offer, choice, by)
    if not is_count:
        _remember(desk, offer, subject, by)
    if search and subject.person is not None:
        for spelling in offer.spellings:
            watching.add_spelling(subject.person, spelling, by=by.by, at=by.at)
    return say("Taken down in the file of %(code)s: %(n)d.") % {
        "code": subject.code,
        "n": len(made),
    }


def _remember(desk: _Desk, offer: Offer, subject: Subject, by: Hand) -> None:
    """Remember whose case a person of the text is, once somebody has chosen it."""
    if offer.person is None or subject.kind != Subject.PERSON:
        return
    guess = desk.who.get(offer.person)
    if guess is not None and guess.said and guess.subject == subject:
        return
    name = next(
        (one.told for one in desk.offers if one.kind == Kind.PERSON and one.person == offer.person),
        "",
    )
    if name:
        Who.objects.create(
            document=desk.document, spelling=name[:300], subject=subject, by=by.by, at=by.at
        )


def _accept_as_carrier(desk: _Desk, offer: Offer, by: Hand) -> str:
    return _accept(desk, offer, by, by_carrier=True)


def _accept_and_search(desk: _Desk, offer: Offer, by: Hand) -> str:
    return _accept(desk, offer, by, search=True)


def _refuse(desk: _Desk, offer: Offer, by: Hand) -> str:
    accepting.refuse(desk.document, offer, by)
    return say("Refused. It stays here, in case somebody wants it after all.")


def _take_back(desk: _Desk, offer: Offer, by: Hand) -> str:
    accepting.take_back(desk.document, offer, by)
    return say("The answer is taken back. Both stay on record.")


_ACTS: dict[str, Callable[[_Desk, Offer, Hand], str]] = {
    "accept": _accept,
    "accept-carrier": _accept_as_carrier,
    "accept-search": _accept_and_search,
    "refuse": _refuse,
    "back": _take_back,
}


def _repeats(desk: _Desk, key: str, by: Hand) -> None:
    """Take down whether the text repeats the one that was proposed."""
    found = kin.proposed(desk.document, desk.part.text)
    holds, _sep, pair = key.partition(" ")
    if found is None or pair != f"{found.copy.pk}-{found.original.pk}":
        messages.error(
            desk.request, say("This suggestion is no longer there. Nothing was taken down.")
        )
        return
    ground = say("Suggested by comparing the texts: %(share)d %% alike.") % {
        "share": round(found.kinship.share * 100)
    }
    recording.derive(found.copy, found.original, by, holds=holds == "yes", ground=ground)
    messages.success(desk.request, say("It was taken down."))


@require_GET
def marks(_request: HttpRequest, most: int) -> HttpResponse:
    """Hand out the style sheet that lights up the words of each suggestion."""
    if most > marked.MOST:
        raise Http404
    return HttpResponse(marked.style_sheet(most), content_type="text/css; charset=utf-8")
