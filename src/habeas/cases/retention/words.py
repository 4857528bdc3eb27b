"""Words of retention: kinds of things with a period, reasons for an end, reasons for staying."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

CLOSED, QUIET, PHOTO, CONTACTS, NOTES, ROWS = (
    "closed",
    "quiet",
    "photo",
    "contacts",
    "notes",
    "rows",
)
KINDS: dict[str, Promise] = {
    CLOSED: later("A closed case, after it was closed"),
    QUIET: later("A case, after the last thing that was added to it"),
    PHOTO: later("Photos of the person, after the last thing that was added to the case"),
    CONTACTS: later("Contacts of relatives, after the last thing that was added to the case"),
    NOTES: later("Notes of calls, after they were taken down"),
    ROWS: later("Rows of imported lists that became nobody, after they were read"),
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
}
"""Why a record ended; none of them tells whose it was."""

STAYED: dict[str, Promise] = {
    "papers": later("documents that are in somebody else's file as well"),
    "files": later("files whose bytes somebody else's document is as well"),
    "lists": later("files of imported lists in which others stand as well"),
    "captures_shared": later("captures of pages that print others as well"),
    "captures_alone": later("captures of pages that print nobody else; their store keeps them"),
    "named": later("rows of other people's files that name one of them"),
    "log": later("lines of the log of access that hold a telling code and are too old to lose it"),
}
"""What a purge left, and why."""
