"""Takes purged people out of the words of rows that stay: our own work, drafts, lists, sessions."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from habeas.cases.access.models import Noted
from habeas.cases.importing.models import Row
from habeas.cases.retention import rules
from habeas.cases.retention.closure import Going, every, lots
from habeas.cases.retention.telltale import Telltale
from habeas.cases.statements.models import Draft
from habeas.watch.models import Alert, Channel

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

_CHUNK = 500
_MESSAGES = "_messages"
_OWN = (
    "handover.HandOver",
    "importing.Import",
    "importing.Bundle",
    "importing.Result",
    "api.Sent",
    "watch.Alert",
)
"""Our own work and what machines said, in words."""


def clean(
    going: Going, tell: Telltale, codes: Iterable[str], rows: Iterable[int]
) -> tuple[Counter[str], Counter[str]]:
    """Take people out of our own work; return how many rows of each model went, or were emptied.

    Args:
        going: what is removed with them.
        tell: what would tell who they were.
        codes: under which they are known here.
        rows: of imported lists, to be emptied.
    """
    removed: Counter[str] = Counter()
    removed["statements.Draft"] = _drafts(tell, set(codes))
    removed["watch.Alert"] = _alerts(set(codes))
    emptied: Counter[str] = Counter()
    emptied["importing.Row"] = _rows(rows)
    emptied["sharing.Leaving"] = _recipients(going, tell)
    emptied["sessions.Session"] = _sessions()
    emptied["access.Noted"] = _codes_in_log(tell)
    # A channel for nobody else must not become one for everybody: what stood there stays as a mark.
    emptied["watch.Channel"] = hide(every(Channel), ["people"], tell)
    for label in _OWN:
        model = apps.get_model(label)
        emptied[label] += hide(every(model), rules.texts_of(model), tell)
    return +removed, +emptied


def hide(rows: "QuerySet[Model]", fields: list[str], tell: Telltale) -> int:
    """Take out of rows what tells; return how many rows told something."""
    changed = 0
    for key, *values in rows.values_list("pk", *fields).iterator(_CHUNK):
        kept = {name: value for name, value in zip(fields, values, strict=True) if value}
        hidden = {name: tell.hidden_in(value) for name, value in kept.items()}
        new = {name: value for name, value in hidden.items() if value != kept[name]}
        if new:
            every(rows.model).filter(pk=key).update(**new)
            changed += 1
    return changed


def _drafts(tell: Telltale, codes: set[str]) -> int:
    gone = [
        one.pk
        for one in Draft.objects.iterator(_CHUNK)
        if codes & set(one.path.split("/")) or _says(tell, one.fields)
    ]
    Draft.objects.filter(pk__in=gone).delete()
    return len(gone)


def _says(tell: Telltale, value: Any) -> bool:  # noqa: ANN401 - any part of JSON
    return bool(tell.hidden_in(value) != value)


def _alerts(codes: set[str]) -> int:
    """Remove messages that were of these people alone: they point at what is no more."""
    gone = [
        key
        for key, about in Alert.objects.values_list("pk", "about").iterator(_CHUNK)
        if (people := set(about.get("people", ()))) and people <= codes
    ]
    for lot in lots(gone):
        Alert.objects.filter(pk__in=lot).delete()
    return len(gone)


def _rows(rows: Iterable[int]) -> int:
    return sum(every(Row).filter(pk__in=lot).update(cells=[], told=[]) for lot in lots(rows))


def _recipients(going: Going, tell: Telltale) -> int:
    """Leave of an export its hash and the circle of its readers; of one with others its reader."""
    leaving = apps.get_model("sharing", "Leaving")
    theirs = every(leaving).filter(people__subject__in=going.placeholders).distinct()
    alone = theirs.exclude(
        pk__in=every(apps.get_model("sharing", "Left"))
        .exclude(subject__in=going.placeholders)
        .values("leaving")
    )
    keys = set(alone.exclude(recipient="").values_list("pk", flat=True))
    emptied = sum(every(leaving).filter(pk__in=lot).update(recipient="") for lot in lots(keys))
    return emptied + hide(every(leaving), ["recipient"], tell)


def _sessions() -> int:
    """Forget what sessions still had to show: sentences of pages may name somebody."""
    changed = 0
    for one in Session.objects.iterator(_CHUNK):
        content = SessionStore().decode(one.session_data)
        if content.pop(_MESSAGES, None) is not None:
            one.session_data = SessionStore().encode(content)
            one.save(update_fields=["session_data"])
            changed += 1
    return changed


def _codes_in_log(tell: Telltale) -> int:
    """Empty the lines of the log that hold a code which tells a name; see `access.log`."""
    changed = 0
    for code in tell.codes:
        lines = every(Noted).filter(cases__contains=f" {code} ").exclude(sealed="")
        changed += lines.update(cases="", salt="")
    return changed


def named_in_others(going: Going, tell: Telltale) -> Counter[str]:
    """Count the rows of other people's files that name these people, by model; none is changed."""
    found: Counter[str] = Counter()
    for label, what in rules.WORDS.items():
        if what != rules.THEIRS:
            continue
        model = apps.get_model(label)
        fields = rules.texts_of(model)
        gone = going.rows.get(model, set())
        for key, *values in every(model).values_list("pk", *fields).iterator(_CHUNK):
            if key not in gone and tell.named(" ".join(str(one) for one in values if one)):
                found[label] += 1
    return found
