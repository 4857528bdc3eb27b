"""Adding a person, adding a spelling, withdrawing one."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as say
from django.views.decorators.http import require_http_methods

from habeas.watch import by_name
from habeas.watch.models import Person, Spelling
from habeas.watch.pages import recording, standing
from habeas.watch.pages.forms import PersonForm, SpellingForm, faults
from habeas.watch.pages.moment import now


@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    """Add a sought person by the spellings that are known."""
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        person = recording.add_person(
            form.cleaned_data["spellings"],
            birth_year=form.cleaned_data["birth_year"],
            by=request.user.get_username(),
            at=now(),
        )
        messages.success(request, say("Added under the code %(code)s.") % {"code": person.code})
        return redirect("person", code=person.code)
    return _form(request, "watch/add_person.html", form)


@require_http_methods(["GET", "POST"])
def add_spelling(request: HttpRequest, code: str) -> HttpResponse:
    """Add one more spelling of a person."""
    person = get_object_or_404(Person, code=code)
    form = SpellingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        added = recording.add_spelling(
            person,
            form.cleaned_data["spelling"],
            by=request.user.get_username(),
            at=now(),
        )
        messages.success(
            request,
            say("The spelling was added. Everything captured so far is compared with it.")
            if added
            else say("This spelling is already known."),
        )
        return redirect("person", code=person.code)
    return _form(request, "watch/add_spelling.html", form, person=person)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then withdraw a spelling; it stays on record."""
    spelling = get_object_or_404(Spelling.objects.select_related("person"), pk=pk)
    if request.method == "POST":
        recording.withdraw(spelling, at=now())
        messages.success(request, say("The spelling was withdrawn. It stays on record."))
        return redirect("person", code=spelling.person.code)
    return render(request, "watch/withdraw.html", {"spelling": spelling, "person": spelling.person})


def _form(request: HttpRequest, template: str, form: forms.Form, **more: object) -> HttpResponse:
    """Draw a form; with the status of a refusal where something has to be corrected."""
    status = 422 if form.is_bound else 200
    told = sorted({standing.title_of(watch.source) for watch in by_name.asked()})
    shown = {"form": form, "faults": faults(form), "told": told, **more}
    return render(request, template, shown, status=status)
