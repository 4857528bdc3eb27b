"""What people type for sealed notes. Passphrases are never shown again, nor remembered."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later

from habeas.cases.sealed.models import NotesKey
from habeas.cases.sealed.sealing import SHORTEST
from habeas.cases.statements.forms import long

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_LONGEST = 1000


def _secret(label: "_StrPromise", *, known: bool, needed: bool = True) -> forms.CharField:
    fill = "current-password" if known else "new-password"
    return forms.CharField(
        label=label,
        strip=False,
        required=needed,
        max_length=_LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": fill, "spellcheck": "false"}),
        error_messages={
            "required": later("This has to be filled in."),
            "max_length": later("This is too long."),
        },
    )


class KeyForm(forms.Form):
    """The passphrase of one's own key."""

    old = _secret(later("Passphrase so far"), known=True, needed=False)
    lost = forms.BooleanField(
        label=later("I lost it: make a new key. Notes sealed to the old key stay closed to me."),
        required=False,
    )
    new = _secret(later("New passphrase"), known=False)
    again = _secret(later("New passphrase once more"), known=False)

    def __init__(self, *args: Any, has_key: bool, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Ask for the old passphrase only where there is one."""
        super().__init__(*args, **kwargs)
        if not has_key:
            del self.fields["old"], self.fields["lost"]

    def clean(self) -> dict[str, Any]:
        """Refuse what is short, or typed in two ways."""
        typed = super().clean() or {}
        new = typed.get("new", "")
        if new and len(new) < SHORTEST:
            words = say("A passphrase has at least %(count)d characters.") % {"count": SHORTEST}
            self.add_error("new", words)
        if new and typed.get("again") and new != typed["again"]:
            self.add_error("again", say("The two are not the same."))
        if "old" in self.fields and not typed.get("old") and not typed.get("lost"):
            self.add_error("old", say("This has to be filled in."))
        return typed


class PassphraseForm(forms.Form):
    """The passphrase that opens a note."""

    passphrase = _secret(later("The passphrase of your notes"), known=True)


class _Readers(forms.Form):
    """A form that offers readers."""

    def offer(self, keys: Sequence[NotesKey], first: Sequence[NotesKey] = ()) -> None:
        """Offer the keys of these members."""
        self._keys = {str(key.pk): key for key in keys}
        field = self.fields["readers"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(number, key.user) for number, key in self._keys.items()]
        field.initial = [str(key.pk) for key in first]

    def chosen(self) -> list[NotesKey]:
        """Return the keys that were chosen."""
        return [self._keys[number] for number in self.cleaned_data["readers"]]


def _readers() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=later("Who can open it"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": later("Choose at least one.")},
    )


class NoteForm(_Readers):
    """A note, and its readers."""

    text = long(later("The note"), needed=True)
    readers = _readers()

    def __init__(self, *args: Any, keys: Sequence[NotesKey], user: str, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Offer everybody who has a key; the writer is chosen beforehand."""
        super().__init__(*args, **kwargs)
        self.offer(keys, [key for key in keys if key.user == user])


class PassOnForm(_Readers):
    """Further readers of a note that is there."""

    readers = _readers()
    passphrase = _secret(later("The passphrase of your notes"), known=True)

    def __init__(self, *args: Any, keys: Sequence[NotesKey], **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Offer those who cannot open it yet."""
        super().__init__(*args, **kwargs)
        self.offer(keys)
