"""Counts in words, for whoever shows statements without knowing them."""

from habeas.cases.counts.counting import TERM, counted_of, in_words
from habeas.cases.statements.models import Statement

TERMS = (TERM,)


def word_of(statement: Statement) -> str:
    """Return the bounds of a count, never harder than they were worded."""
    return in_words(counted_of(statement))
