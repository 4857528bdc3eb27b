"""Failures of reading texts."""

from collections.abc import Iterable

from habeas.errors.base import Exit, HabeasError
from habeas.language import _


class NothingToRead(HabeasError):
    """A text holds no word at all."""

    exit_code = Exit.USAGE

    def __init__(self) -> None:
        super().__init__(
            _("There is no text to read: it holds no word."),
            kept=_("Nothing was suggested."),
            advice=_(
                "Give a text, a saved page or a PDF that holds text; a picture needs OCR first."
            ),
        )


class TextTooLong(HabeasError):
    """A text is longer than is read at once."""

    exit_code = Exit.USAGE

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(
            _("The text has {length} characters; at most {limit} are read at once.").format(
                length=length, limit=limit
            ),
            kept=_("Nothing was suggested."),
            advice=_("Cut the text into parts and read each of them."),
        )


class UnitsDiffer(HabeasError):
    """Counts of different units were to be added, people to detentions."""

    def __init__(self, units: Iterable[str]) -> None:
        super().__init__(
            _("Counts of different units cannot be added: {units}.").format(
                units=", ".join(sorted(units))
            ),
            kept=_("The counts stand as they are."),
            advice=_("Add people to people, detentions to detentions."),
        )


class OverlapImpossible(HabeasError):
    """More people are said to stand on two lists than on one of them."""

    def __init__(self, both: int, smaller: int) -> None:
        super().__init__(
            _("{both} people cannot stand on both lists: one of them holds {smaller}.").format(
                both=both, smaller=smaller
            ),
            kept=_("Nothing was estimated."),
            advice=_("Compare the lists again, and count the people on both."),
        )
