"""What left, as pages show it."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise

from habeas.cases.sharing.models import Leaving, LeftFile
from habeas.cases.statements.models import Subject
from habeas.cases.statements.words import CIRCLES


@dataclass(frozen=True, slots=True)
class Gone:
    """A file that was handed out, for whom, and what of papers left with it or stayed."""

    leaving: Leaving
    circle: Promise | str
    files: tuple[LeftFile, ...]


def gone(leavings: QuerySet[Leaving], subject: Subject | None) -> list[Gone]:
    """Return what left; of the files those of one person, or of all."""
    rows = list(leavings)
    files = LeftFile.objects.filter(left__leaving__in=[one.pk for one in rows]).order_by("pk")
    if subject is not None:
        files = files.filter(left__subject=subject)
    by: dict[int, list[LeftFile]] = {}
    for file in files.select_related("left"):
        by.setdefault(file.left.leaving_id, []).append(file)
    return [
        Gone(one, CIRCLES.get(one.circle, one.circle), tuple(by.get(one.pk, ()))) for one in rows
    ]
