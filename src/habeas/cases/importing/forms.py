"""What people send to an import: the file, what the columns mean."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later

from habeas.cases.importing.words import FIELDS
from habeas.cases.statements.forms import TimeField, one_of, short
from habeas.cases.statements.models import Subject
from habeas.cases.statements.words import ROLES

MOST_BYTES = 25 * 1024 * 1024
_CHOOSE = later("Choose a file of at most 25 MB.")


class StartForm(forms.Form):
    """A file, and who says what it says."""

    file = forms.FileField(
        label=later("File"),
        help_text=later(
            "CSV, Excel (XLSX), PFIF, FollowTheMoney, a ZIP of documents, or a bundle of another "
            "habeas; at most 25 MB."
        ),
        error_messages={
            "required": _CHOOSE,
            "empty": later("This file is empty."),
            "missing": _CHOOSE,
            "invalid": _CHOOSE,
        },
    )
    speaker = short(
        later("Whose list it is"),
        hint=later("Who says what stands in it, where a row names nobody itself."),
        needed=True,
        most=300,
    )
    role = one_of(later("They are"), ROLES, first="monitor")
    said_on = TimeField(later("As of"))
    case = short(
        later("Code of the case"), hint=later("Only for documents: into whose file."), most=16
    )

    passphrase = short(
        later("Passphrase of the bundle"),
        hint=later("Only for a bundle that was locked with one."),
        most=200,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        """Hide what is typed as a passphrase."""
        super().__init__(*args, **kwargs)
        hidden = {"autocomplete": "off", "spellcheck": "false"}
        self.fields["passphrase"].widget = forms.PasswordInput(attrs=hidden)

    def clean_file(self) -> bytes:
        """Return the bytes of the file.

        Raises:
            forms.ValidationError: it is too large.
        """
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(say("This file is larger than 25 MB."))
        content: bytes = sent.read()
        return content

    def clean_case(self) -> Subject | None:
        """Return the case of the code.

        Raises:
            forms.ValidationError: there is none.
        """
        code = self.cleaned_data["case"].strip()
        if not code:
            return None
        found = Subject.objects.filter(code=code).first()
        if found is None:
            raise forms.ValidationError(say("There is no case with this code."))
        return found


class ColumnsForm(forms.Form):
    """What each column means. Fields are numbered: a heading is no name of a field."""

    def __init__(self, *args: Any, mapping: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        """Make a field for each column."""
        super().__init__(*args, **kwargs)
        self._headings = list(mapping)
        for number, (heading, meant) in enumerate(mapping.items()):
            made = one_of(later("Columns"), FIELDS.items(), first=meant)
            made.label = heading
            self.fields[f"column-{number}"] = made

    def chosen(self) -> dict[str, str]:
        """Return the field of each heading."""
        return {
            heading: self.cleaned_data[f"column-{number}"]
            for number, heading in enumerate(self._headings)
        }
