"""What a format is: one module of `formats` with a constant FORMAT; the folder is the list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from django.utils.functional import Promise

from habeas.cases.sharing.attached import Attached
from habeas.cases.sharing.outgoing import OutgoingPerson


def _nobody(_person: str, _file: Attached) -> None:
    """Hear of a file, and keep nothing."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """For what, when and in which language is written.

    Attributes:
        now: the moment of the export; aware, UTC. A format asks no clock.
        lang: of the labels and sentences: "en", "ru", "tg", "uz", and "fr", "es" for UN sheets.
        by: who exports, as it may be said to the readers; empty in what is public.
        recipient: who will read it, in words.
        circle: one of `statements.words.CIRCLES`.
        changes_since: for feeds; None means everything.
        key: what a bundle is locked with: an age public key of the recipient, or a passphrase.
        whole: whether it is of everybody, not of chosen people: then who left before and may no
            more stands in it as a placeholder, where the format has one.
        sent: told of each file that a format attaches, with the id of the person.
    """

    now: datetime
    lang: str
    by: str
    recipient: str
    circle: str
    changes_since: datetime | None = None
    key: str = field(default="", repr=False)  # a passphrase stands in no log
    whole: bool = False
    sent: Callable[[str, Attached], None] = field(default=_nobody, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write people down.

    Attributes:
        key: what addresses and the log carry.
        label: for the list of formats.
        uses: the uses of consent (see `consent.words.USES`) of which one has to be given.
        extension: of the file, without a dot.
        write: writes the people to a binary file; takes them one by one, so that memory is flat.
        one_person: whether it is of exactly one person.
        languages: those in which it can be written.
        gaps: returns sentences about what is missing or to be checked, for one person; shown
            before anything leaves, and printed in the sheet itself where it has a place for them.
        placeholders: whether it can say that a record stood there; see `leftover`.
        attaches: whether the files of papers go along.
        beside: whether look-ups and answers of consent do.
    """

    key: str
    label: Promise
    uses: frozenset[str]
    extension: str
    media_type: str
    write: Callable[[Iterable[OutgoingPerson], BinaryIO, Occasion], None]
    one_person: bool = False
    languages: tuple[str, ...] = ("en", "ru", "tg", "uz")
    gaps: Callable[[OutgoingPerson, Occasion], list[str]] | None = None
    placeholders: bool = False
    attaches: bool = False
    beside: bool = False


def formats() -> dict[str, Format]:
    """Return every format that there is, by its key, in the order of the folder."""
    here = Path(__file__).parent / "formats"
    names = sorted(path.stem for path in here.glob("*.py") if path.stem != "__init__")
    modules = [import_module(f"habeas.cases.sharing.formats.{name}") for name in names]
    found = [one.FORMAT for one in modules if hasattr(one, "FORMAT")]
    found += [each for one in modules for each in getattr(one, "FORMATS", ())]
    return {one.key: one for one in found}
