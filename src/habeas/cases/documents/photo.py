"""The picture of a subject, for the head of its page."""

from habeas.cases.documents.models import Photo
from habeas.cases.statements.models import Subject


def photo(subject: Subject) -> Photo | None:
    """Return the newest picture of a subject."""
    return Photo.objects.filter(subject=subject).order_by("-pk").first()
