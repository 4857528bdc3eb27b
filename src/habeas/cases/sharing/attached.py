"""Files that go along with people: which may, what each is called, and why the others stay.

Every file goes through the strippers; what cannot be stripped does not leave. A paper that tells
more than these people and readers may have stays here whole: nothing is cut out of a file.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from habeas.bundles import layout
from habeas.cases.documents import keeping
from habeas.cases.documents.models import Upload
from habeas.cases.sharing import stripping
from habeas.cases.sharing.outgoing import OutgoingFile, OutgoingPerson
from habeas.cases.sharing.passed import Passed
from habeas.cases.statements import reading
from habeas.cases.statements.models import Filed, Statement, Subject
from habeas.errors import NotStripped

OTHERS, NARROWER, PHOTO, MISSING, UNSTRIPPED = "others", "narrower", "photo", "missing", "kind"
HELD: Mapping[str, Promise] = {
    OTHERS: later("it is also about somebody who does not leave"),
    NARROWER: later("it also says what these readers may not see"),
    PHOTO: later("a picture of somebody whose photo does not leave"),
    MISSING: later("its bytes are missing or damaged here"),
    UNSTRIPPED: later("what it tells beside its content cannot be taken out"),
}
"""Why a file stays."""


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of a file.

    Attributes:
        document: id of the paper in the export.
        original, original_size: SHA-256 and bytes of the file as it is kept here, sealed.
        media_type: of the original.
        name, sha256, size: of the copy that leaves, without what the original tells beside its
            content; empty and 0 where it stays.
        held: why it stays, a key of `HELD`; empty where it leaves.
        why: the reason of the stripper, in words.
    """

    document: str
    original: str
    original_size: int
    media_type: str
    name: str = ""
    sha256: str = ""
    size: int = 0
    held: str = ""
    why: str = ""


def files_of(
    papers: Collection[int], passed: Mapping[int, Passed], circle: str
) -> dict[int, tuple[OutgoingFile, ...]]:
    """Return the files of papers, each with the reason if it stays.

    Args:
        papers: primary keys of documents.
        passed: all people who leave together; a paper that is also about another one stays.
        circle: for whom.
    """
    found: dict[int, list[OutgoingFile]] = defaultdict(list)
    held = _held(papers, passed, circle)
    uploads = Upload.objects.filter(document__in=papers).prefetch_related("photos")
    for one in uploads.order_by("pk"):
        shown = [photo.subject_id for photo in one.photos.all()]
        hidden = any(key not in passed or "photo" in passed[key].withheld for key in shown)
        reason = held.get(one.document_id, PHOTO if hidden else "")
        found[one.document_id].append(OutgoingFile(one.sha256, one.size, one.media_type, reason))
    return {key: tuple(files) for key, files in found.items()}


def _held(papers: Collection[int], passed: Mapping[int, Passed], circle: str) -> dict[int, str]:
    held: dict[int, str] = {}
    # Whoever exports may not see every case, and still every case has to be asked.
    filed = Filed._base_manager.filter(document__in=papers)  # noqa: SLF001 - whoever asks
    people = filed.filter(subject__kind=Subject.PERSON).values_list("document", "subject")
    held |= {paper: OTHERS for paper, subject in people if subject not in passed}
    rows = Statement._base_manager.filter(document__in=papers)  # noqa: SLF001 - as above
    readers = reading.Circle(circle)
    for row in rows.filter(retracts=None).select_related("other").order_by("pk"):
        paper, other = row.document_id or 0, row.other
        if other is not None and other.kind == Subject.PERSON and other.pk not in passed:
            held[paper] = OTHERS
        elif not readers.holds(row):
            held.setdefault(paper, NARROWER)
    return held


def weight_of(subjects: Collection[int]) -> int:
    """Return how many bytes the files of the papers of people have, each counted once."""
    papers = Statement.objects.filter(subject__in=subjects, retracts=None).values("document")
    uploads = Upload.objects.filter(document__in=papers)
    return int(uploads.aggregate(all=Sum("size"))["all"] or 0)


def attached(person: OutgoingPerson) -> Iterator[tuple[Attached, bytes]]:
    """Yield what becomes of each file of a person, with the bytes that leave; one at a time."""
    for paper in person.documents:
        for one in paper.files:
            yield _stripped(paper.id, one)


def _stripped(document: str, one: OutgoingFile) -> tuple[Attached, bytes]:
    def stays(held: str, why: str = "") -> tuple[Attached, bytes]:
        return Attached(document, one.sha256, one.size, one.media_type, held=held, why=why), b""

    if one.held:
        return stays(one.held)
    original = keeping.read(one.sha256)
    if original is None:
        return stays(MISSING)
    try:
        made = stripping.stripped(original)
    except NotStripped as error:
        return stays(UNSTRIPPED, error.happened)
    name, sha256 = layout.named_by(made.content, made.extension)
    size = len(made.content)
    leaves = Attached(document, one.sha256, one.size, one.media_type, name, sha256, size)
    return leaves, made.content
