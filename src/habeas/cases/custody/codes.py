"""States of custody in words, for whoever shows statements without knowing them."""

from django.utils.functional import Promise

from habeas.cases.custody.states import sign_of
from habeas.cases.custody.timeline import TERM
from habeas.cases.statements.models import Statement

TERMS = (TERM,)


def word_of(statement: Statement) -> Promise | str:
    """Return the word for a state, of a removal the word that was used for it."""
    return sign_of(statement.value, str(statement.details.get("removal", ""))).word
