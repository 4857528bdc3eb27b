"""Hands out: shows beforehand what would leave, writes it, and takes down that it left.

Consent is asked for twice: before anything is written, and again in the transaction that takes down
the file, so that a consent withdrawn meanwhile throws the file away.
"""

import hashlib
import io
import logging
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, cast

from django.db import transaction

from habeas.cases.consent.words import USES
from habeas.cases.documents import keeping
from habeas.cases.sharing import gate, gathering, guards, leftover
from habeas.cases.sharing.attached import Attached, attached
from habeas.cases.sharing.contract import Format, Occasion
from habeas.cases.sharing.gate import Judged
from habeas.cases.sharing.models import Leaving, Left, LeftFile
from habeas.cases.sharing.outgoing import OutgoingPerson
from habeas.cases.statements.models import Subject
from habeas.errors import ConsentWithdrawn, FormatUnfit, HabeasError, NobodyAgreed
from habeas.language import _, ngettext

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fields:
    """What of one person is in a file: how many statements of each property; name, photo, papers.

    Attributes:
        left_out: statements that stay here.
        withheld: parts that stay here for want of consent.
    """

    counted: Mapping[str, int]
    left_out: int
    withheld: frozenset[str]


@dataclass(slots=True)
class Preview:
    """What would leave.

    Attributes:
        going: the people with their fields, by primary key of the subject.
        names: what each is printed as.
        refused: those of whom nothing may leave; the words of the missing consents.
        gaps: what is missing in a paper of one person, or has to be checked.
        files: what becomes of each file, by primary key of the subject, where files go along.
        seen: stands for everything above and for every statement; it changes when any of it does.
    """

    going: dict[int, Fields] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    refused: dict[int, list[str]] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)
    files: dict[int, list[Attached]] = field(default_factory=dict)
    seen: str = ""


def preview(of: Format, subjects: Collection[int], occasion: Occasion) -> Preview:
    """Return what would leave now; nothing leaves by this.

    Raises:
        FormatUnfit: it is not written for these readers or in this language, or is of one person.
    """
    refuse_unfit(of, subjects, occasion)
    judged = gate.judge(subjects, occasion.circle, occasion.now)
    found = Preview(refused=missing(judged))
    digest = hashlib.sha256(repr(sorted(judged.refused)).encode())
    for key, person in gathering.outgoing(
        judged.passed, occasion.circle, occasion.lang, occasion.now
    ):
        found.going[key] = fields_of(person, of)
        found.names[key] = person.name
        if of.attaches:
            found.files[key] = [one for one, _content in attached(person)]
            files = [(one.original, one.held) for one in found.files[key]]
            digest.update(repr(files).encode())
        digest.update(repr(_without_time(person)).encode())
        if of.gaps is not None:
            found.gaps += of.gaps(person, occasion)
        if occasion.circle == gate.PUBLIC:
            found.gaps += guards.warnings_for([person])
    gone = leftover.placeholders(of, judged.passed, occasion)
    if gone:
        found.gaps.append(
            ngettext(
                "{n} person left in this before and may no more: a placeholder stands there.",
                "{n} people left in this before and may no more: placeholders stand there.",
                len(gone),
            ).format(n=len(gone))
        )
    digest.update(repr([one.id for one in gone]).encode())
    found.seen = digest.hexdigest()
    return found


def _without_time(person: OutgoingPerson) -> tuple[object, ...]:
    """Return what changes when what leaves changes, and not by the clock alone."""
    return (
        person.id,
        person.names,
        person.birth_year,
        [(one.id, one.current, one.disputed) for one in person.statements],
        [one.id for one in person.documents],
        hashlib.sha256(person.photo or b"").digest(),
        sorted(person.withheld),
    )


def refuse_unfit(of: Format, subjects: Collection[int], occasion: Occasion) -> None:
    """Refuse what cannot be written so.

    Raises:
        FormatUnfit: see `preview`.
    """
    if occasion.circle not in gate.circles(of):
        raise FormatUnfit(_("it is not made for these readers"))
    if occasion.lang not in of.languages:
        raise FormatUnfit(_("it is not written in this language"))
    if of.one_person and len(subjects) != 1:
        raise FormatUnfit(_("it is about one person"))


def missing(judged: Judged) -> dict[int, list[str]]:
    """Return, for each of whom nothing may leave, the words of the consents that are missing."""
    return {key: [str(USES[one.use]) for one in answers] for key, answers in judged.refused.items()}


def fields_of(person: OutgoingPerson, of: Format) -> Fields:
    """Return what of a person is in a file."""
    counted = Counter(one.property for one in person.statements)
    own = {
        "name": len(person.names),
        "birth_year": int(person.birth_year is not None),
        "photo": int(person.photo is not None),
        "papers": len(person.documents),
        "lookups": len(person.lookups) if of.beside else 0,
        "consents": len(person.consents) if of.beside else 0,
    }
    return Fields(
        {**{key: n for key, n in own.items() if n}, **dict(sorted(counted.items()))},
        person.left_out,
        person.withheld,
    )


def hand_out(of: Format, subjects: Collection[int], occasion: Occasion, out: BinaryIO) -> Leaving:
    """Write a file and take down that it left; who it is about sees it on their page.

    Args:
        of: the format.
        subjects: primary keys; those of whom nothing may leave are left out.
        occasion: for what.
        out: gets the bytes. When this raises, they must be thrown away unread.

    Raises:
        NobodyAgreed: of none of them may anything leave.
        ConsentWithdrawn: a consent changed while it was written.
        FormatUnfit: see `preview`.
    """
    refuse_unfit(of, subjects, occasion)
    judged = gate.judge(subjects, occasion.circle, occasion.now)
    gone = leftover.placeholders(of, judged.passed, occasion)
    if not judged.passed and not gone:
        words = sorted({word for found in missing(judged).values() for word in found})
        raise NobodyAgreed(", ".join(words) or _("there is nobody"))
    told: dict[int, Fields] = {}
    keys: dict[str, int] = {}
    files: list[tuple[int, Attached]] = []
    counting = _Counting(out)
    noted = replace(occasion, sent=lambda person, one: files.append((keys[person], one)))
    people = chain(_noting(of, judged, noted, told, keys), gone)
    of.write(people, cast("BinaryIO", counting), noted)
    with transaction.atomic():
        _refuse_changed(judged, occasion)
        leaving = Leaving.objects.create(
            format=of.key,
            circle=occasion.circle,
            recipient=occasion.recipient[:300],
            lang=occasion.lang,
            sha256=counting.digest.hexdigest(),
            size=counting.size,
            by=occasion.by,
            at=occasion.now,
        )
        _take_down_people(leaving, judged, told)
        _take_down_files(leaving, files)
    _note_copies(files, occasion.by)
    return leaving


def _take_down_people(leaving: Leaving, judged: Judged, told: Mapping[int, Fields]) -> None:
    rows = [
        Left(
            leaving=leaving,
            subject_id=key,
            fields=dict(fields.counted),
            consents=list(judged.passed[key].consents),
        )
        for key, fields in told.items()
    ]
    Left.objects.bulk_create(rows, batch_size=500)


def _take_down_files(leaving: Leaving, files: Sequence[tuple[int, Attached]]) -> None:
    whose = dict(leaving.people.values_list("subject", "pk"))
    LeftFile.objects.bulk_create(
        [
            LeftFile(
                left_id=whose[key],
                **{name: value for name, value in asdict(one).items() if name != "document"},
            )
            for key, one in files
        ],
        batch_size=500,
    )


def _note_copies(files: Iterable[tuple[int, Attached]], by: str) -> None:
    """Note in the log of the store which files were handed on; the export itself is taken down."""
    for original in dict.fromkeys(one.original for _key, one in files if not one.held):
        try:
            keeping.handed_out(original, by=by)
        except HabeasError as error:
            _log.warning("a copy was handed out and not noted: %s", error)


def _noting(
    of: Format, judged: Judged, occasion: Occasion, told: dict[int, Fields], keys: dict[str, int]
) -> Iterator[OutgoingPerson]:
    """Yield the people, and note of each what the format was given."""
    for key, person in gathering.outgoing(
        judged.passed, occasion.circle, occasion.lang, occasion.now
    ):
        told[key] = fields_of(person, of)
        keys[person.id] = key
        yield person


def _refuse_changed(judged: Judged, occasion: Occasion) -> None:
    # Whoever takes an answer down meanwhile waits for this transaction or is seen by it.
    list(Subject.objects.select_for_update().filter(pk__in=judged.passed).values_list("pk"))
    again = gate.judge(list(judged.passed), occasion.circle, occasion.now).passed
    changed = [key for key, passed in judged.passed.items() if again.get(key) != passed]
    if changed:
        raise ConsentWithdrawn(len(changed))


class _Counting(io.RawIOBase):
    """Passes bytes on, and counts and hashes them on the way; what was written stays written."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, content: "ReadableBuffer") -> int:
        taken = bytes(content)
        self._out.write(taken)
        self.digest.update(taken)
        self.size += len(taken)
        return len(taken)

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.size
