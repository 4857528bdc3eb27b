"""What people type about a statement: checked, kept as typed, answered with what to write."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later

from habeas.cases.statements import recording, when
from habeas.cases.statements.models import Document, Subject
from habeas.cases.statements.properties import TIME, known, offered
from habeas.cases.statements.recording import Claim, Hand, Said
from habeas.cases.statements.words import (
    CERTAINTIES,
    CIRCLES,
    DOCUMENTS,
    IN_CUSTODY,
    ROLES,
    ZONES,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# No browser may send a name to a spelling service, or offer it to the next person at the desk.
PRIVATE = {"dir": "auto", "spellcheck": "false", "autocomplete": "off", "translate": "no"}
NEW, NONE = "new", ""
_LONGEST = 2000
_REQUIRED = later("This has to be filled in.")
_LANGUAGES = ("", "ru", "tg", "uz", "en", "fa", "ky", "fr", "de", "tr", "pl")


def short(
    label: "_StrPromise",
    *,
    hint: "_StrPromise | str" = "",
    needed: bool = False,
    most: int = _LONGEST,
) -> forms.CharField:
    """Return a field of one line."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=needed,
        max_length=most,
        widget=forms.TextInput(attrs=PRIVATE),
        error_messages={"required": _REQUIRED, "max_length": later("This is too long.")},
    )


def long(
    label: "_StrPromise", *, hint: "_StrPromise | str" = "", needed: bool = False
) -> forms.CharField:
    """Return a field of several lines."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=needed,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, **PRIVATE}),
        error_messages={"required": _REQUIRED, "max_length": later("This is too long.")},
    )


def one_of(
    label: "_StrPromise",
    choices: "Mapping[str, Promise] | Iterable[tuple[str, Promise | str]]",
    *,
    first: str = "",
    hint: "_StrPromise | str" = "",
    needed: bool = True,
) -> forms.ChoiceField:
    """Return a field that offers a closed list."""
    listed = list(choices.items() if isinstance(choices, Mapping) else choices)
    if not needed and all(key for key, _words in listed):
        listed.insert(0, ("", "—"))
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=listed,
        initial=first,
        required=needed,
        error_messages={
            "required": later("Choose one."),
            "invalid_choice": later("Choose one of the list."),
        },
    )


class TimeField(forms.CharField):
    """A time as people type it; its value is EDTF, empty where nothing was typed."""

    def __init__(
        self, label: "_StrPromise", *, hint: "_StrPromise | str" = "", needed: bool = False
    ) -> None:
        """Make it one short line."""
        super().__init__(
            label=label,
            help_text=hint or later("For example 25.03.2021, 25.03.2021 14:10, 03.2021 or 2021."),
            required=needed,
            max_length=60,
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            error_messages={"required": _REQUIRED, "max_length": later("This is too long.")},
        )

    def clean(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """Return the time in EDTF.

        Raises:
            forms.ValidationError: it is no date.
        """
        text = str(super().clean(value) or "")
        try:
            return when.typed(text) if text else ""
        except when.NotATime:
            raise forms.ValidationError(
                say("“%(text)s” is no date. Write 25.03.2021, 25.03.2021 14:10, 03.2021 or 2021.")
                % {"text": text[:40]}
            ) from None


EXACTNESS: Mapping[str, Promise] = {
    "": later("as written"),
    "~": later("about"),
    "?": later("not sure"),
    "before": later("before"),
    "since": later("since"),
}


def web_address(text: str) -> str:
    """Return an address without the spaces around it.

    Raises:
        forms.ValidationError: it is no web address.
    """
    address = text.strip()
    if address and not address.startswith(("https://", "http://")):
        raise forms.ValidationError(say("An address begins with https:// or http://"))
    return address


def together(first: str, last: str, exactness: str) -> str:
    """Return a time of one or two ends as one EDTF text.

    Raises:
        when.NotATime: the end lies before the start.
    """
    if not first:
        return f"../{last}" if last else ""
    if first and "/" in first:
        return first
    mark = exactness if exactness in {"~", "?"} else ""
    if last:
        return when.parse(f"{first}{mark}/{last}{mark}").text
    if exactness in {"before", "since"}:
        return f"../{first}" if exactness == "before" else f"{first}/.."
    return when.parse(first + mark).text if "T" not in first else first


class SpokenForm(forms.Form):
    """Who says something, and where it stands. Forms of features add what is said."""

    speaker = short(
        later("Who says so"),
        hint=later(
            "The person or office whose words these are, not the newspaper that prints them."
        ),
        needed=True,
        most=300,
    )
    role = one_of(later("They are"), ROLES, first="family")
    document = one_of(
        later("Where it stands"),
        (),
        needed=False,
        hint=later("A paper or page of this case, or a new one: describe it below."),
    )
    carrier = short(later("New document: newspaper, court, or who wrote it"), most=300)
    document_kind = one_of(later("Kind of document"), DOCUMENTS, first="article")
    address = short(later("Its address (https://…)"))
    published = TimeField(later("Its date"))
    place = short(later("Page, minute or paragraph in it"), most=200)
    said_on = TimeField(later("When it was said"))
    zone = one_of(later("Time zone of these dates"), [(zone, zone) for zone in ZONES], first="UTC")
    certainty = one_of(later("How sure we are"), CERTAINTIES, first="unknown")
    in_custody = one_of(later("Said while in custody"), IN_CUSTODY, first="unknown")
    visibility = one_of(later("Who may see it"), CIRCLES, first="internal")

    folded: tuple[str, ...] = (
        "document",
        "carrier",
        "document_kind",
        "address",
        "published",
        "place",
        "said_on",
        "zone",
        "certainty",
        "in_custody",
        "visibility",
    )
    """Fields that stand folded below the others until somebody needs them."""

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        """Offer the documents of the subject's file."""
        super().__init__(*args, **kwargs)
        self.subject = subject
        papers = Document.objects.filter(filed__subject=subject).order_by("-pk")[:200]
        self.papers = {str(one.pk): one for one in papers}
        field = self.fields["document"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (NONE, say("nowhere: it was said to us")),
            (NEW, say("a new document")),
            *((pk, one.name[:100]) for pk, one in self.papers.items()),
        ]

    def shown(self) -> list[forms.BoundField]:
        """Return the fields that are always shown."""
        return [self[name] for name in self.fields if name not in self.folded]

    def below(self) -> list[forms.BoundField]:
        """Return the fields that stand folded."""
        return [self[name] for name in self.fields if name in self.folded]

    @property
    def open(self) -> bool:
        """Whether something in the folded part has to be corrected, so that it stands open."""
        return any(self[name].errors for name in self.folded if name in self.fields)

    def clean_address(self) -> str:
        """Return the address of the document.

        Raises:
            forms.ValidationError: it is no web address.
        """
        return web_address(str(self.cleaned_data["address"]))

    def clean(self) -> dict[str, Any]:
        """Take a described document as a new one, even where nobody said that it is new."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        described = cleaned.get("carrier") or cleaned.get("address")
        if described and not cleaned.get("document"):
            cleaned["document"] = NEW
        if cleaned.get("document") == NEW and not described:
            self.add_error("carrier", say("Say who published or wrote the new document."))
        return cleaned

    def said(self, hand: Hand, retrieved_at: datetime | None = None) -> Said:
        """Return who says so; a new document is taken down by this."""
        kept = self.cleaned_data
        document = self.papers.get(kept["document"])
        if kept["document"] == NEW:
            document = Document.objects.create(
                kind=kept["document_kind"],
                carrier=kept["carrier"],
                address=kept["address"],
                published=kept["published"],
                retrieved_at=retrieved_at,
                added_by=hand.by,
                added_at=hand.at,
            )
            recording.file(self.subject, document, hand)
        return Said(
            kept["speaker"],
            kept["role"],
            document,
            kept["place"],
            kept["said_on"],
            kept["certainty"],
            kept["in_custody"],
            kept["visibility"],
        )


class StatementForm(SpokenForm):
    """Any statement about a subject."""

    term = one_of(later("What it is about"), offered(), first="last_seen")
    value = short(later("What is said"), needed=True)
    as_said = long(
        later("In their own words"), hint=later("Word for word, in their language, if you have it.")
    )
    lang = one_of(
        later("Language of these words"), [(one, one or "—") for one in _LANGUAGES], needed=False
    )
    about = TimeField(later("About when"))
    until = TimeField(later("Until"))
    exactness = one_of(later("This time is"), EXACTNESS, needed=False)
    field_order = ("term", "value", "about", "speaker", "role", "as_said", "lang", "until")

    folded = ("as_said", "lang", "until", "exactness", *SpokenForm.folded)

    def clean(self) -> dict[str, Any]:
        """Put the two ends of a time together; read the value of a property that is a time."""
        cleaned = super().clean()
        try:
            cleaned["when"] = together(
                cleaned.get("about", ""), cleaned.get("until", ""), cleaned.get("exactness", "")
            )
        except when.NotATime:
            self.add_error("until", say("The end lies before the beginning."))
        if known(cleaned.get("term", "")).kind == TIME and "value" in cleaned:
            self._read_time(cleaned)
        return cleaned

    def _read_time(self, cleaned: dict[str, Any]) -> None:
        try:
            cleaned["value"] = when.typed(cleaned["value"])
        except when.NotATime:
            self.add_error(
                "value", say("Write a date here, for example 25.03.2021; the words go below.")
            )

    def claim(self) -> Claim:
        """Return what is said."""
        kept = self.cleaned_data
        return Claim(
            kept["term"],
            kept["value"],
            kept["as_said"],
            kept["lang"],
            kept["when"],
            kept["zone"],
        )


class RetractForm(SpokenForm):
    """Taking a statement back."""

    reason = long(later("Why it is taken back"), needed=True)
    field_order = ("reason", "speaker", "role")


class LineForm(forms.Form):
    """Choosing what is shown as current.

    `seen` is the newest line and statement that were on the page: nobody signs the unread.
    """

    reason = long(later("Why this one"), hint=later("A lawyer may read it."), needed=True)
    review_on = forms.DateField(
        label=later("Look again on"),
        required=False,
        input_formats=["%d.%m.%Y", "%Y-%m-%d"],
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=later("For example 01.12.2026."),
        error_messages={"invalid": later("Write a day, for example 01.12.2026.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
