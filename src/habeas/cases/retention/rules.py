"""What a purge does with each row that points at another, and with the words of those that stay.

Every pointer between our models stands in `POINTERS`, every model that holds words in `WORDS`; a
test fails where a new one is missing, so that nobody is forgotten.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

GOES, STAYS = "goes", "stays"
"""A row that points at what is removed is removed as well; or it stays, with a placeholder."""

_GOING = {
    "watch": "Spelling.person Match.person Match.mention Decision.match Backlog.person",
    "statements": (
        "Filed.subject Filed.document Derivation.copy Derivation.original Statement.subject "
        "Statement.other Statement.document Statement.supersedes Statement.retracts Line.subject "
        "Line.other Chosen.line Chosen.statement"
    ),
    "access": "Grant.subject",
    "board": "Standing.subject",
    "consent": "Consent.subject Consent.document",
    "counts": (
        "Descent.copy Descent.original NameList.event NameList.document Entry.list Check.entry "
        "PairAnswer.one PairAnswer.other"
    ),
    "documents": "Upload.document Photo.subject Photo.upload",
    "importing": (
        "Import.document Import.subject Mapping.imported Row.imported Alike.row Alike.subject "
        "Alike.other Decision.row Decision.other Result.row Made.result Made.statement "
        "Undone.result Bundle.imported Received.result Received.statement Received.lookup "
        "Received.document"
    ),
    "lookups": "Desk.body LookUp.subject LookUp.corrects TakenBack.lookup Asking.body",
    "search": "Key.subject",
    "sealed": "SealedNote.subject SealedNote.again NoteReader.note",
    "suggestions": "Answer.document Made.answer Made.statement Who.document Who.subject",
    "retention": "Expiry.subject Hold.subject",
}
_STAYING = {
    "watch.Look.watch": "watches are of no person",
    "watch.Listing.look": "what was asked of a source, and how complete it was, stays proved",
    "watch.Listing.same_as": "as above",
    "watch.Entry.first_look": "as above",
    "watch.Version.entry": "as above; its words are taken out, see `ledger`",
    "watch.Version.look": "as above",
    "watch.Mention.version": "as above",
    "watch.Event.entry": "as above",
    "watch.Event.look": "as above",
    "watch.Alert.channel": "channels are of no person",
    "statements.Subject.person": "the placeholder; it points at nobody any more",
    "sealed.NoteReader.key": "keys are of members",
    "site.RecoveryCode.account": "ways to sign in are of members",
    "api.Sent.token": "tokens are of programs",
    "api.Minute.token": "as above",
    "api.Token.user": "as above",
    "importing.Decision.subject": "how many rows of a file were decided stays right",
    "importing.Result.subject": "how many rows of a file were taken over stays right",
    "lookups.LookUp.body": "an office that somebody was asked at is no person",
    "sharing.Left.leaving": "that something left, with its hash, stays proved",
    "sharing.Left.subject": "as above, of a placeholder",
    "sharing.LeftFile.left": "as above, of a file with its hash",
    "retention.Shut.subject": "the placeholder itself",
    "retention.Shut.purge": "as above",
    "retention.Errand.purge": "what a purge has still to do",
}
POINTERS: dict[str, str] = {
    f"{app}.{name}": GOES for app, names in _GOING.items() for name in names.split()
} | dict.fromkeys(_STAYING, STAYS)
"""What happens to a row when what it points at is purged, by model and field."""

THEIRS, CLEANED, NAMELESS = "theirs", "cleaned", "nameless"
"""Words of one person's file: counted where they name a purged person. Words of our own work: the
purged name is taken out. Nothing in words, or nothing of anybody sought."""

_THEIRS = (
    "watch.Person watch.Spelling watch.Match watch.Decision statements.Subject statements.Document "
    "statements.Filed statements.Derivation statements.Statement statements.Line board.Standing "
    "consent.Consent counts.NameList counts.Entry counts.Check counts.PairAnswer counts.Descent "
    "documents.Upload documents.Photo importing.Alike importing.Received "
    "lookups.TakenBack lookups.Desk lookups.LookUp lookups.Asking "
    "search.Key suggestions.Answer suggestions.Who access.Grant retention.Expiry retention.Hold"
)
_CLEANED = (
    "watch.Channel watch.Look watch.Listing watch.Version watch.Mention watch.Event watch.Alert "
    "statements.Draft api.Sent handover.HandOver importing.Import importing.Row importing.Decision "
    "importing.Result importing.Bundle sharing.Leaving access.Noted sessions.Session"
)
_NAMELESS = (
    "site.OneTimeLink site.Arrival site.SignInNote site.Account site.RecoveryCode site.Requirement "
    "site.Failing sealed.NotesKey sealed.SealedNote sealed.NoteReader importing.Compared "
    "sharing.LeftFile watch.Watch watch.Entry watch.Lease "
    "access.Membership access.Seat access.Head api.Token importing.Mapping importing.Undone "
    "sharing.Left "
    "retention.Period retention.Purge retention.Shut retention.Errand"
)
WORDS: dict[str, str] = {
    label: what
    for what, labels in ((THEIRS, _THEIRS), (CLEANED, _CLEANED), (NAMELESS, _NAMELESS))
    for label in labels.split()
}
"""What happens to the words of rows that stay, by model."""


def label_of(model: type[models.Model]) -> str:
    """Return what a model is called here: "watch.Person"."""
    return model._meta.label  # noqa: SLF001 - Django documents it


def pointers() -> Iterator[tuple[str, models.ForeignKey[models.Model, models.Model]]]:
    """Yield every pointer of our models, by its name in `POINTERS`."""
    for model in apps.get_models():
        if model.__module__.startswith("habeas."):
            for field in model._meta.get_fields():  # noqa: SLF001 - Django documents it
                if isinstance(field, models.ForeignKey):
                    yield f"{label_of(model)}.{field.name}", field


def texts_of(model: type[models.Model]) -> list[str]:
    """Return the names of the fields of a model that hold words."""
    wanted = ("CharField", "TextField", "JSONField")
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django documents it
    return [one.name for one in fields if one.get_internal_type() in wanted]
