"""The page about the passphrase: whether one is set, what it protects, and changing it."""

import os
from pathlib import Path
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_POST

from habeas.errors import HabeasError
from habeas.files import make_folder
from habeas.site import locking
from habeas.vault import backup, opened, register, turning, using
from habeas.vault.keys import LEAST_CHARACTERS
from habeas.watch.pages.moment import now


def _secret(label: Any, hint: Any = "") -> forms.CharField:  # noqa: ANN401 - lazy sentences
    return forms.CharField(
        label=label,
        help_text=hint,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": later("Type a passphrase.")},
    )


class ChangeForm(forms.Form):
    """The passphrase so far, and the new one twice."""

    old = _secret(later("Passphrase so far"))
    new = _secret(
        later("New passphrase"), later("At least 10 characters: four or five words are good.")
    )
    again = _secret(later("New passphrase once more"))

    def clean(self) -> dict[str, str]:
        """Return what was typed, where both new ones are the same and long enough."""
        typed: dict[str, str] = super().clean() or {}
        new = typed.get("new", "")
        if new and new != typed.get("again"):
            self.add_error("again", say("The two new passphrases differ."))
        elif new and len(new) < LEAST_CHARACTERS:
            self.add_error("new", say("This passphrase is too short."))
        return typed


@require_http_methods(["GET", "POST"])
def protection(request: HttpRequest) -> HttpResponse:
    """Tell what protects the home; change the passphrase."""
    home = settings.HABEAS_HOME
    is_set = opened.is_set(home)
    form = ChangeForm(request.POST if request.method == "POST" and is_set else None)
    if form.is_bound and form.is_valid() and _changed(form):
        messages.success(request, say("The passphrase is changed. Old backups keep the old one."))
        return redirect("protection")
    context = {"is_set": is_set, "form": form, "minutes": round(locking.GUARD.after_s / 60)}
    status = 422 if form.is_bound else 200
    return render(request, "site/protection.html", context, status=status)


def _changed(form: ChangeForm) -> bool:
    try:
        turning.change(settings.HABEAS_HOME, form.cleaned_data["old"], form.cleaned_data["new"])
    except HabeasError as error:
        form.add_error("old", error.happened)
        return False
    return True


@require_POST
def lock(_request: HttpRequest) -> HttpResponse:
    """Forget the key at once."""
    if opened.is_set(settings.HABEAS_HOME):
        opened.lock(settings.HABEAS_HOME)
    return redirect("overview")


@require_POST
def back_up(request: HttpRequest) -> HttpResponseBase:
    """Hand out an encrypted backup of a home that has a passphrase: none is typed here."""
    home = settings.HABEAS_HOME
    if not opened.is_set(home):
        return redirect("protection")
    # Beside the marks of who is at work: no backup holds that folder.
    into = Path(home) / using.FOLDER / f"backup-{uuid4().hex}.zip"
    try:
        make_folder(into.parent)
        begun = now()
        backup.back_up(Path(home), into)
        register.note(Path(home), into, begun, place=register.HANDED_OUT)
        file = into.open("rb")
    except (HabeasError, OSError) as error:
        messages.error(request, str(error))
        return redirect("protection")
    if os.name == "posix":
        into.unlink()  # it is gone from the disk when the browser has it
    name = f"habeas-{now():%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
