"""Failures of names and their tables."""

from habeas.errors.base import Exit, HabeasError
from habeas.language import _


class NameTooLong(HabeasError):
    """A name has more characters than any written name; it is a page, not a name."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(
            _("The name has {length} characters; a name has at most {limit}.").format(
                length=length, limit=limit
            ),
            kept=_("Nothing was compared."),
            advice=_("Give one name, or use `habeas find` to search in a text."),
        )


class NothingToCompare(HabeasError):
    """A text holds no letters that could be part of a name."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("There is no name in {text}: no word of at least one letter.").format(
                text=repr(text[:40])
            ),
            kept=_("Nothing was compared."),
            advice=_("Write the name as you know it, in any script."),
        )


class TableRefused(HabeasError):
    """A table of naming practice holds a row that cannot be true."""

    def __init__(self, table: str, line: int, reason: str) -> None:
        super().__init__(
            _("{table}, line {line}: {reason}.").format(table=table, line=line, reason=reason),
            kept=_("Nothing was compared."),
            advice=_("Correct the row; each table says on top what its columns mean."),
        )


class CountsRefused(HabeasError):
    """A file of learned name counts, or the counts of one source in it, cannot be used."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("The name counts of {what} cannot be used.").format(what=repr(what)),
            kept=_("Nothing was compared."),
            advice=_("Learn them again with `habeas names learn`."),
        )


class NothingLearned(HabeasError):
    """No party's name was read in the places given, so there is nothing to learn from."""

    def __init__(self) -> None:
        super().__init__(
            _("No party's name could be counted in these places."),
            kept=_("No file of counts was changed."),
            advice=_("Give pages or tables that say who is a party; `--named` counts other names."),
        )


class TooManyWords(HabeasError):
    """The sought people's names hold more different words than one index has room for."""

    def __init__(self, words: int) -> None:
        super().__init__(
            _("The names hold more than {words} different words, too many for one search.").format(
                words=words
            ),
            kept=_("Nothing was compared."),
            advice=_("Split the list of people, and search with each part."),
        )


class TableUnreadable(HabeasError):
    """A file of people, rows or text cannot be read."""

    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            _("{name} cannot be read: {reason}.").format(name=name, reason=reason),
            kept=_("Nothing in it was looked at; the file was not changed."),
            advice=_("Check the file; `habeas screen --help` says what it has to hold."),
        )


class PeopleRefused(HabeasError):
    """A line of a file of sought people holds no name."""

    def __init__(self, name: str, line: int) -> None:
        super().__init__(
            _("{name}, line {line}: there is no name.").format(name=name, line=line),
            kept=_("Nothing was looked at, so that nobody is left out unnoticed."),
            advice=_("Complete the line or take it out, and start again."),
        )
