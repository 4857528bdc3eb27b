"""The closed lists of actions, needs, deadlines and threats."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

ACTION, NEED, DEADLINE, THREAT = "action", "need", "deadline", "threat"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry.

    Attributes:
        sorts: what it can be; empty where that needs no list.
        standings: how it can stand; the first is where it begins, `done` are those that end it.
    """

    title: Promise
    add: Promise
    sorts: Mapping[str, Promise]
    standings: Mapping[str, Promise]
    done: frozenset[str]


KINDS: Mapping[str, Kind] = {
    DEADLINE: Kind(
        later("Deadlines"),
        later("Add a deadline"),
        {},
        {"open": later("open"), "met": later("met"), "missed": later("missed")},
        frozenset({"met", "missed"}),
    ),
    NEED: Kind(
        later("Needs"),
        later("Add a need"),
        {
            "lawyer": later("lawyer"),
            "parcel": later("parcel"),
            "medicine": later("medicine"),
            "housing": later("housing"),
            "documents": later("documents"),
            "work": later("work"),
            "money": later("money"),
            "other": later("other"),
        },
        {"open": later("open"), "in_hand": later("somebody sees to it"), "met": later("met")},
        frozenset({"met"}),
    ),
    ACTION: Kind(
        later("What was done"),
        later("Add an action"),
        {
            "filing": later("application or complaint"),
            "appeal": later("appeal"),
            "letter": later("letter"),
            "urgent": later("urgent appeal to the UN"),
            "visit": later("visit"),
            "publication": later("publication"),
            "other": later("other"),
        },
        {
            "planned": later("planned"),
            "sent": later("sent, no answer yet"),
            "answered": later("answered"),
            "refused": later("refused"),
            "closed": later("closed"),
        },
        frozenset({"answered", "refused", "closed"}),
    ),
    THREAT: Kind(
        later("Threats before"),
        later("Add a threat"),
        {
            "followed": later("followed"),
            "called": later("called by strangers"),
            "summoned": later("summoned"),
            "searched": later("searched"),
            "threatened": later("threatened"),
            "beaten": later("beaten"),
            "account": later("account attacked"),
            "relatives": later("relatives pressed"),
            "other": later("other"),
        },
        {},
        frozenset(),
    ),
}
