"""What members type to sign in, and to change how they do."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as later

from habeas.cases.statements.forms import short
from habeas.site.accounts import passphrases
from habeas.site.accounts.passphrases import MOST_CHARACTERS, RULES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_REQUIRED = later("This has to be filled in.")


class _NotRepeated(forms.TextInput):
    """A line whose content is never sent back: a code that did not fit helps only whoever looks."""

    def get_context(
        self, name: str, _value: object, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        """Return what the template draws, without the value."""
        return super().get_context(name, None, attrs)


def _secret(
    label: "_StrPromise", *, hint: "_StrPromise | str" = "", kind: str = "current-password"
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        strip=False,
        max_length=MOST_CHARACTERS,
        # Named for programs that keep passphrases: to type a long one from memory is a hurdle
        # (WCAG 2.2, 3.3.8).
        widget=forms.PasswordInput(attrs={"autocomplete": kind}),
        error_messages={"required": _REQUIRED, "max_length": later("This is too long.")},
    )


def _code(label: "_StrPromise", *, hint: "_StrPromise | str" = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=60,
        widget=_NotRepeated(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false", "translate": "no"}
        ),
        error_messages={"required": _REQUIRED, "max_length": later("This is too long.")},
    )


class SignInForm(forms.Form):
    """Name, passphrase and code, all at once."""

    name = short(later("User name"), needed=True, most=150)
    passphrase = _secret(later("Your passphrase"))
    code = _code(
        later("Code"),
        hint=later("The six digits that your app shows now, or one of your recovery codes."),
    )


class _New(forms.Form):
    """A new passphrase, twice."""

    user_name = ""

    def clean(self) -> dict[str, str]:
        """Return what was typed, where both are the same and can be used."""
        typed: dict[str, str] = super().clean() or {}
        new = typed.get("new", "")
        if not new:
            return typed
        if wrong := passphrases.fault(new, self.user_name):
            self.add_error("new", str(wrong))
        elif "again" in typed and new != typed["again"]:
            self.add_error("again", later("The two new passphrases differ."))
        return typed


class SetUpForm(_New):
    """A passphrase, and the first code of a second factor."""

    new = _secret(later("Your passphrase"), hint=RULES, kind="new-password")
    again = _secret(later("Your passphrase once more"), kind="new-password")
    first = _code(later("The six digits that the app shows now"))


class PresentForm(forms.Form):
    """The present passphrase and a code: who changes something shows that it is theirs."""

    passphrase = _secret(later("Your passphrase so far"))
    code = _code(
        later("Code"),
        hint=later("The six digits that your app shows now, or one of your recovery codes."),
    )


class PassphraseForm(PresentForm, _New):
    """The present proof, and a new passphrase."""

    new = _secret(later("New passphrase"), hint=RULES, kind="new-password")
    again = _secret(later("New passphrase once more"), kind="new-password")


class FactorForm(PresentForm):
    """The present proof, and the first code of another second factor."""

    first = _code(later("The six digits that the new app shows now"))
