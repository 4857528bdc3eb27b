"""Words of retention: kinds of things with a period, reasons for an end, reasons for staying."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

CLOSED, QUIET, PHOTO, CONTACTS, NOTES, ROWS, BACKUPS = (
    "closed",
    "quiet",
    "photo",
    "contacts",
    "notes",
    "rows",
    "backups",
)
KINDS: dict[str, Promise] = {
    CLOSED: later("A closed case, after it was closed"),
    QUIET: later("A case, after the last thing that was added to it"),
    PHOTO: later("Photos of the person, after the last thing that was added to the case"),
    CONTACTS: later("Telephone numbers, after the last thing that was added to the case"),
    NOTES: later("Words of call notes, after they were taken down"),
    ROWS: later("Rows of imported lists that became nobody, after they were read"),
    BACKUPS: later("Backups that hold what was purged, after the purge"),
}
"""What has a period of its own."""
WHOLE = (CLOSED, QUIET)
"""Kinds of which the whole record ends."""

BY_HAND, AGAIN = "by_hand", "again"
REASONS: dict[str, Promise] = {
    CLOSED: later("the case was closed, and its period is over"),
    QUIET: later("nothing was added for long, and the period is over"),
    BY_HAND: later("a person named the day"),
    AGAIN: later("it had been purged before this copy was put back"),
    PHOTO: later("photos of a record that stays"),
    CONTACTS: later("telephone numbers of a record that stays"),
    NOTES: later("words of call notes of a record that stays"),
    ROWS: later("rows of lists that became nobody"),
}
"""Why a record ended; none of them tells whose it was."""

STAYED: dict[str, Promise] = {
    "papers": later("documents that are in somebody else's file as well"),
    "files": later("files whose bytes somebody else's document is as well"),
    "lists": later("files of imported lists in which others stand as well"),
    "captures_shared": later("captures of pages that print others as well"),
    "named": later("rows of other people's files that name one of them"),
    "log": later("lines of the log of access that hold a telling code and are too old to lose it"),
}
"""What a purge left, and why."""

GROUPS: dict[str, tuple[Promise, str]] = {
    "said": (
        later("statements, with what was signed and chosen of them"),
        "statements.Statement statements.Line statements.Chosen counts.Descent",
    ),
    "names": (later("spellings"), "watch.Spelling"),
    "papers": (
        later("documents, and what was read in them"),
        (
            "statements.Document statements.Filed statements.Derivation documents.Upload "
            "suggestions.Answer suggestions.Made suggestions.Who"
        ),
    ),
    "photos": (later("photos"), "documents.Photo"),
    "files": (later("files, from the disk"), "files"),
    "captures": (later("captures of pages, from the disk"), "captures"),
    "notes": (later("sealed notes"), "sealed.SealedNote sealed.NoteReader"),
    "consents": (later("answers about consent"), "consent.Consent"),
    "lookups": (later("look-ups"), "lookups.LookUp"),
    "matches": (
        later("matches with printed names, and decisions about them"),
        "watch.Match watch.Decision watch.Backlog",
    ),
    "printed": (
        later("rows of what watching wrote down of public lists"),
        "watch.Look watch.Listing watch.Version watch.Mention watch.Event",
    ),
    "lists": (
        later("rows of imported lists, and what came of them"),
        (
            "importing.Import importing.Mapping importing.Row importing.Alike importing.Decision "
            "importing.Result importing.Made importing.Undone importing.Bundle importing.Received"
        ),
    ),
    "work": (
        later("drafts, hand-over notes, messages and answers to programs"),
        "statements.Draft handover.HandOver watch.Alert watch.Channel api.Sent sessions.Session",
    ),
    "exports": (later("records of what left, now without their reader"), "sharing.Leaving"),
    "log": (later("lines of the log of access"), "access.Noted"),
    "placeholders": (later("placeholders of people"), "placeholders"),
    "subjects": (
        later("people, and court records of theirs alone"),
        "watch.Person statements.Subject",
    ),
}
"""What a report counts together: words, and the models."""
DERIVED = later("rows that were worked out of others, and grants")
