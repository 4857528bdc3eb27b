"""Template filters for counts: bounds in words, a check as a sign."""

from django import template
from django.utils.translation import gettext as say

from habeas.cases.counts.counting import Counted, in_words
from habeas.cases.counts.listing import Line
from habeas.watch.pages.words import Sign

register = template.Library()


@register.filter
def count_words(counted: Counted) -> str:
    """Return bounds, unit and total, never harder than they were worded."""
    return in_words(counted)


@register.filter
def checked(line: Line) -> Sign:
    """Return how an entry stands as a sign."""
    if line.confirmed:
        return Sign(say("checked"), "✓", "good")
    if line.refused:
        return Sign(say("refused"), "✗", "quiet")
    return Sign(say("not checked"), "?", "half")
