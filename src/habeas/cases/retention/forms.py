"""What an owner types about how long things are kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later

from habeas.cases.retention.periods import LONGEST
from habeas.cases.retention.words import KINDS
from habeas.cases.statements.forms import long, one_of

KEEP, HOLD, LIFT, PERIODS = "keep", "hold", "lift", "periods"


class PeriodForm(forms.Form):
    """A period of one kind of things."""

    kind = one_of(later("What"), KINDS, first="closed")
    days = forms.IntegerField(
        label=later("Days"),
        help_text=later("Empty: it is kept until somebody says otherwise. Two years are 730."),
        required=False,
        min_value=1,
        max_value=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 8}),
        error_messages={
            "invalid": later("Write a number."),
            "min_value": later("Write a number."),
            "max_value": later("Write a number."),
        },
    )
    reason = long(later("Why"), needed=True)


class KeepForm(forms.Form):
    """The last day of one record, or a hold on it."""

    what = one_of(
        later("What you want"),
        {
            KEEP: later("it is kept until this day, and then closed"),
            PERIODS: later("the periods count again"),
            HOLD: later("hold it: nothing is purged until this day, or until it is lifted"),
            LIFT: later("lift the hold"),
        },
        first=KEEP,
    )
    day = forms.DateField(
        label=later("Day"),
        help_text=later("The last one, UTC. A hold may have none."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": later("This is no date.")},
    )
    reason = long(later("Why"), needed=True)

    def clean(self) -> dict[str, Any]:
        """Ask for the day where one is needed."""
        cleaned = super().clean() or {}
        if cleaned.get("what") == KEEP and not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", say("This has to be filled in."))
        return cleaned


class ConfirmForm(forms.Form):
    """The number of people that was shown, typed by hand."""

    number = forms.IntegerField(
        label=later("Type the number to confirm"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 8}),
        error_messages={
            "required": later("Write a number."),
            "invalid": later("Write a number."),
        },
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
