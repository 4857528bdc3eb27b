"""The words of imports: what a column may mean, and what is told of a file or a row."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from habeas.cases.importing import columns
from habeas.cases.statements.properties import offered

FIELDS: Mapping[str, Promise | str] = {
    columns.NAME: later("name of the person"),
    columns.SURNAME: later("surname"),
    columns.GIVEN: later("given name"),
    columns.FATHER: later("father's name"),
    columns.NOTE: later("note, under its heading"),
    columns.SPEAKER: later("who says so"),
    columns.SAID_ON: later("when it was said"),
    **{key: label for key, label in offered() if key != columns.NOTE},
    columns.OUT: later("leave this column out"),
}

TOLD: Mapping[str, Promise] = {
    "cut": later("longer than 20,000 characters: the rest stays in the file"),
    "control": later("held signs that cannot be shown"),
    "holes": later("some letters could not be read"),
    "many_lines": later("many lines in one cell: is a quotation mark missing?"),
    "extra": later("no heading above this cell"),
    "formula": later("a formula: the saved value was taken"),
    "formula_bare": later("a formula without a saved value: taken as text"),
    "expired": later("the record has expired: nothing of it is taken over"),
    "header_again": later("the headings again"),
    "no_person": later("says nothing of a person in this file"),
    "link": later("a link to another file: not followed"),
    "outside": later("its path leads outside: not taken"),
    "too_large": later("larger than 25 MB: not taken"),
    "charset": later("not in UTF-8; read as"),
    "no_header": later("no headings were found: the columns have numbers"),
    "before_header": later("stands above the headings"),
    "hidden_sheet": later("a hidden sheet; it was read too"),
    "unknown": later("not understood by this habeas: kept as it was sent"),
    "passed_on": later("was locked for another key: somebody passed it on"),
    "left_out": later("statements that the sender did not send"),
    "withheld": later("not sent for want of consent"),
    "nothing_new": later("everything in it came before"),
    "no_name": later("there is no name in it"),
}

RECORDS: Mapping[str, Promise] = {
    "person": later("about the person"),
    "name": later("names"),
    "statement": later("statements"),
    "document": later("papers"),
    "file": later("files"),
    "photo": later("photo"),
    "lookup": later("who was asked"),
    "consent": later("answers of consent"),
    "unclear": later("not understood"),
}
"""Kinds of records of a bundle."""
