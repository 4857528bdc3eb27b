"""What people type: checked, kept as typed, and answered with what to type instead."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later

from habeas.errors import NameTooLong, NothingToCompare
from habeas.names import Matcher, Sought
from habeas.watch.models import Decision
from habeas.watch.pages.words import CHOICES

MOST_SPELLINGS = 100
# No browser may send a name to a spelling service, or offer it to the next person at the desk.
_PRIVATE = {"dir": "auto", "spellcheck": "false", "autocomplete": "off", "translate": "no"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to correct: the id of its field, and the words, for the summary and the field."""

    field: str
    words: str


def faults(form: forms.Form) -> list[Fault]:
    """Return what has to be corrected, in the order of the fields."""
    return [
        Fault(str(form[name].id_for_label) if name in form.fields else "", str(words))
        for name, listed in form.errors.items()
        for words in listed
    ]


def checked_spelling(text: str) -> str:
    """Return a spelling with its white space folded.

    Raises:
        forms.ValidationError: it holds no letters, or more than a name can have.
    """
    folded = " ".join(text.split())
    try:
        Matcher(Sought((folded,)))
    except NothingToCompare:
        raise forms.ValidationError(
            say("“%(text)s” holds no letters. Write the name as you know it, in any script.")
            % {"text": folded[:40]}
        ) from None
    except NameTooLong:
        raise forms.ValidationError(
            say("“%(text)s…” is longer than any name. Write one name on each line.")
            % {"text": folded[:40]}
        ) from None
    return folded


class PersonForm(forms.Form):
    """A sought person: spellings, one on each line, and a year of birth if it is known."""

    spellings = forms.CharField(
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, **_PRIVATE}),
        error_messages={
            "required": later("Write at least one spelling of the name."),
            "max_length": later("This is too long. Write one name on each line."),
        },
    )
    birth_year = forms.IntegerField(
        required=False,
        min_value=1900,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6}),
        error_messages={
            "invalid": later("Write the year of birth with four digits, for example 1984."),
            "min_value": later("Write the year of birth with four digits, for example 1984."),
            "max_value": later("Write the year of birth with four digits, for example 1984."),
        },
    )

    def clean_spellings(self) -> list[str]:
        """Return the spellings, each once, in the order typed."""
        lines = [line for line in str(self.cleaned_data["spellings"]).splitlines() if line.strip()]
        if not lines:
            raise forms.ValidationError(say("Write at least one spelling of the name."))
        if len(lines) > MOST_SPELLINGS:
            raise forms.ValidationError(
                say("These are %(n)d lines. Write at most %(most)d spellings of one person.")
                % {"n": len(lines), "most": MOST_SPELLINGS}
            )
        return list(dict.fromkeys(checked_spelling(line) for line in lines))


class SpellingForm(forms.Form):
    """One more spelling of a person."""

    spelling = forms.CharField(
        max_length=5000,
        widget=forms.TextInput(attrs=_PRIVATE),
        error_messages={
            "required": later("Write the spelling as you know it, in any script."),
            "max_length": later("This is longer than any name."),
        },
    )

    def clean_spelling(self) -> str:
        """Return the spelling with its white space folded."""
        return checked_spelling(str(self.cleaned_data["spelling"]))


class VisitForm(forms.Form):
    """A request that a browser copied as cURL."""

    pasted = forms.CharField(
        max_length=65_536,
        widget=forms.Textarea(attrs={"rows": 6, **_PRIVATE, "dir": "ltr"}),
        error_messages={
            "required": later("Paste the request that you copied."),
            "max_length": later("This is longer than any request."),
        },
    )


class DecisionForm(forms.Form):
    """An answer to a match, and its ground.

    `seen` is the newest answer that was on the page: an answer given meanwhile is not overruled by
    somebody who never read it.
    """

    answer = forms.ChoiceField(
        choices=list(CHOICES.items()),
        error_messages={
            "required": later("Choose an answer."),
            "invalid_choice": later("Choose one of the three answers."),
        },
    )
    ground = forms.CharField(
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, **_PRIVATE}),
        error_messages={"max_length": later("Write the ground in fewer than 5000 characters.")},
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        """Ask for a ground where the answer closes the match."""
        cleaned = super().clean() or self.cleaned_data
        closing = cleaned.get("answer") in {Decision.SAME, Decision.NOT_SAME}
        if closing and "ground" in cleaned and not str(cleaned["ground"]).strip():
            self.add_error(
                "ground",
                say("Write how you know: what you compared, or whom you asked."),
            )
        return cleaned
