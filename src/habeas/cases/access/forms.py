"""What an owner types about the team, and about who sees a case."""

from django import forms
from django.utils.translation import gettext_lazy as later

from habeas.cases.access import roles
from habeas.cases.access.members import Terms
from habeas.cases.access.models import Membership
from habeas.cases.statements.forms import one_of, short

_WHEN = later("Date and time in UTC, for example 2026-12-01 20:00. Empty: it does not end.")


def _ends() -> forms.DateTimeField:
    return forms.DateTimeField(
        label=later("Ends at"),
        help_text=_WHEN,
        required=False,
        input_formats=["%Y-%m-%d %H:%M", "%Y-%m-%d", "%d.%m.%Y %H:%M", "%d.%m.%Y"],
        widget=forms.DateTimeInput(attrs={"autocomplete": "off"}, format="%Y-%m-%d %H:%M"),
        error_messages={"invalid": later("Write a date and a time, for example 2026-12-01 20:00.")},
    )


class MemberForm(forms.Form):
    """Somebody's role, what they see, and until when."""

    user = short(
        later("User name"),
        hint=later("It stands beside everything that they take down. A code name is enough."),
        needed=True,
        most=150,
    )
    role = one_of(
        later("Role"), {key: name for key, (name, _what) in roles.ROLES.items()}, first="volunteer"
    )
    sees = one_of(
        later("Sees"),
        {"named": later("only cases that are granted"), "all": later("all cases")},
        first="named",
    )
    ends = _ends()

    def terms(self) -> Terms:
        """Return what was typed."""
        kept = self.cleaned_data
        return Terms(kept["role"], kept["sees"] == "named", kept["ends"])


class GrantForm(forms.Form):
    """Whom a case is shown, and until when."""

    user = forms.ChoiceField(
        label=later("Member"),
        error_messages={
            "required": later("Choose one."),
            "invalid_choice": later("Choose one of the list."),
        },
    )
    ends = _ends()

    def __init__(self, data: object = None) -> None:
        """Offer the members who see named cases only."""
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["user"]
        assert isinstance(field, forms.ChoiceField)
        rows = roles.newest_memberships().filter(named=True).exclude(role=Membership.ENDED)
        field.choices = [(one.user, one.user) for one in rows]
