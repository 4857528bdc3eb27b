"""The words for values that are terms of a closed list; each feature knows its own."""

from habeas.cases import features
from habeas.cases.statements.models import Statement
from habeas.cases.statements.properties import CODE, known


def in_words(statement: Statement) -> str:
    """Return what a statement says, in the page's language where its value is a term.

    The speaker's own words stand beside a term, never in its place: "removed" is ours.
    """
    if known(statement.property).kind != CODE:
        return statement.words
    for module in features.parts("codes"):
        if statement.property in module.TERMS:
            term = str(module.word_of(statement))
            return f"{term}: {statement.as_said}" if statement.as_said else term
    return statement.words
