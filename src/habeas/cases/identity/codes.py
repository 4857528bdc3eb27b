"""Claims about two subjects in words, for whoever shows statements without knowing them."""

from django.utils.functional import Promise

from habeas.cases.identity.section import ANSWERS, RELATIONS
from habeas.cases.statements.models import Statement

TERMS = ("same_as", "related")


def word_of(statement: Statement) -> Promise | str:
    """Return the word for a claim of identity, or for how two cases are related."""
    answer = ANSWERS.get(statement.value)
    return answer.word if answer else RELATIONS.get(statement.value, statement.value)
