"""Template filters for suggestions: answers as signs, whose case somebody is."""

from collections.abc import Mapping, Sequence

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as say

from habeas.cases.statements import naming
from habeas.cases.statements.models import Subject
from habeas.cases.suggestions.models import Answer
from habeas.cases.suggestions.people import Guess
from habeas.terminal import safe_line
from habeas.watch.pages.shown import name, sign
from habeas.watch.pages.words import Sign

register = template.Library()


@register.filter
def answered(answer: Answer) -> SafeString:
    """Return an answer as a sign."""
    if answer.kind == "question":
        return sign(Sign(say("looked at"), "✓", "quiet"))
    if answer.answer == Answer.ACCEPTED:
        return sign(Sign(say("accepted"), "✓", "good"))
    return sign(Sign(say("refused"), "✗", "quiet"))


@register.filter
def of_person(who: Mapping[int, Guess], person: int | None) -> Subject | None:
    """Return whose case a person of the text is, as said or as the names suggest."""
    guess = who.get(person) if person is not None else None
    return guess.subject if guess else None


@register.filter
def title_text(subject: Subject) -> str:
    """Return what a subject is called, without markup: for a list to choose from."""
    known = naming.spellings(subject)
    return safe_line(known[0].text if known else subject.title or subject.code)


@register.filter
def joined(spellings: Sequence[str]) -> SafeString:
    """Return spellings side by side, each as it is printed."""
    return format_html_join(" · ", "{}", ((name(one),) for one in spellings))
