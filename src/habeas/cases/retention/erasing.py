"""Removes people for good: all of it or nothing, with a placeholder for each, and a report."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import IntegrityError, OperationalError, connection
from django.db.models import Q

from habeas.cases.access import log
from habeas.cases.access.models import Noted
from habeas.cases.documents.models import Upload
from habeas.cases.importing.models import Result
from habeas.cases.retention import captures, closure, errands, lists, periods, reporting
from habeas.cases.retention.captures import Captures
from habeas.cases.retention.cleaning import clean, named_in_others
from habeas.cases.retention.closure import Going, every, lots
from habeas.cases.retention.expiring import Ended
from habeas.cases.retention.ledger import clean_ledger
from habeas.cases.retention.lists import Listed
from habeas.cases.retention.models import Errand, Purge, Shut
from habeas.cases.retention.parts import Parts
from habeas.cases.retention.telltale import Telltale
from habeas.cases.retention.unlocking import unlocked
from habeas.cases.retention.words import AGAIN
from habeas.cases.statements import recording
from habeas.cases.statements.models import Statement, Subject
from habeas.cases.statements.recording import Hand
from habeas.errors import PurgeChanged, PurgeRefused
from habeas.language import _
from habeas.watch import scope
from habeas.watch.models import Spelling

NO_PARTS = Parts()
_NAMES = ("known_as", "passport_name")
_NUMBERS = ("identifier", "phone")


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be removed.

    Attributes:
        going: the rows and files.
        listed: what imported lists hold of them.
        captures: the captures in which these people were found.
        named: rows of other people's files that name them, by model.
        parts: single things of records that stay.
    """

    going: Going
    tell: Telltale
    listed: Listed
    captures: Captures
    named: Counter[str] = field(default_factory=Counter)
    parts: Parts = NO_PARTS

    def stayed(self) -> list[list[object]]:
        """Return what stays and why: pairs of a key of `words.STAYED` and a number."""
        found: dict[str, int] = {
            "papers": len(self.going.kept_papers),
            "files": len(self.going.kept_files),
            "lists": self.listed.shared,
            "captures_shared": self.captures.shared,
            "named": self.named.total(),
            "log": _old_lines(self.tell),
        }
        return [[key, number] for key, number in found.items() if number]


def planned(people: Mapping[int, Ended], parts: Parts = NO_PARTS) -> Plan:
    """Return what a purge of people, and of single things, would remove; nothing is changed."""
    with scope.everything():
        going = closure.going_with(people)
        parts.add_to(going)
        closure.close(going)
        tell = _telltale(going)
        listed = lists.listed(going.placeholders, tell)
        going.rows[Upload] |= listed.uploads
        closure.choose_files(going)
        named = named_in_others(going, tell)
        return Plan(going, tell, listed, captures.resting_on(going, tell), named, parts)


def purge(people: Mapping[int, Ended], hand: Hand, parts: Parts = NO_PARTS) -> Purge:
    """Remove people for good, by the primary keys of their subjects, and single things of others.

    All of it is one transaction. Files, and old bytes in the files of the database, are removed
    after it, from a list of errands that the transaction leaves; see `errands.work_off`.

    Raises:
        PurgeChanged: one of them was purged, held or added to meanwhile.
        PurgeRefused: the database does not let it.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
    with scope.everything():
        try:
            with unlocked():
                done = _purged(people, hand, parts)
        except IntegrityError as error:  # a row came that points at what goes
            raise PurgeChanged from error
        except OperationalError as error:
            raise PurgeRefused(_("the database is busy, or has no room")) from error
        errands.work_off()
    return done


def _purged(people: Mapping[int, Ended], hand: Hand, parts: Parts) -> Purge:
    # Whoever adds something to one of them waits for the end of this transaction.
    rows = list(Subject.objects.select_for_update().filter(pk__in=people).order_by("pk"))
    gone = Shut.objects.filter(subject__in=people).exclude(purge=None)
    meant = [key for key, ended in people.items() if ended.reason != AGAIN]
    if len(rows) != len(people) or gone.exists() or periods.held(meant, hand.at):
        raise PurgeChanged
    plan = planned(people, parts)
    marks = sorted(reporting.mark_of(one) for one in rows)
    codes = [one.code for one in rows]
    emptied = clean_ledger(plan.going, plan.tell)
    removed, more = clean(plan.going, plan.tell, codes, plan.listed.rows)
    emptied += more
    beside = _beside(plan.going)
    removed += Counter(plan.going.counted()) + Counter(
        files=len(plan.going.files), captures=len(plan.captures.alone)
    )
    _delete(plan.going)
    emptied["placeholders"] = _hollow(plan)
    emptied["statements.Document"] = parts.empty()
    emptied["importing.Row"] += len(parts.rows - plan.listed.rows)
    for lot in lots(plan.going.placeholders):
        every(Result).filter(subject__in=lot).update(reason="")
    done = _written(plan, people, hand, (removed, emptied, marks))
    for subject in beside:
        recording.tell(subject, hand.at)
    return done


def _telltale(going: Going) -> Telltale:
    names: list[str] = []
    numbers: list[str] = []
    codes: list[str] = []
    for lot in lots(going.placeholders):
        names += Spelling.objects.filter(person__case__in=lot).values_list("text", flat=True)
        codes += Subject.objects.filter(pk__in=lot).values_list("code", flat=True)
        said = Statement.objects.filter(subject__in=lot, property__in=_NAMES + _NUMBERS)
        for term, value in said.values_list("property", "value"):
            (names if term in _NAMES else numbers).append(value)
    tell = Telltale.of(names, numbers)
    return Telltale.of(names, numbers, [code for code in codes if tell.tells(code)])


def _beside(going: Going) -> list[Subject]:
    """Return the others of whom something goes: what is worked out of them is made anew."""
    found: set[int] = set()
    for lot in lots(going.rows[Statement]):
        found |= set(Statement.objects.filter(pk__in=lot).values_list("subject", flat=True))
    found -= going.placeholders | going.rows[Subject]
    return list(Subject.objects.filter(pk__in=found).order_by("pk"))


def _delete(going: Going) -> None:
    # Of a placeholder nothing points at a person any more, before the person goes.
    for lot in lots(going.placeholders):
        every(Subject).filter(pk__in=lot).update(person=None)
    for model, keys in going.rows.items():
        for lot in lots(keys):
            # Below Django's own walk, which would refuse: ours found every row already.
            every(model).filter(pk__in=lot)._raw_delete(connection.alias)  # noqa: SLF001 - as said


def _hollow(plan: Plan) -> int:
    """Leave of a subject its number, its days and its code, unless the code tells a name."""
    for lot in lots(plan.going.placeholders):
        rows = every(Subject).filter(pk__in=lot)
        rows.update(title="", ref="")
        for key, code in rows.values_list("pk", "code"):
            if code in plan.tell.codes:
                every(Subject).filter(pk=key).update(code=f"gone-{key}")
    return len(plan.going.placeholders)


def _old_lines(tell: Telltale) -> int:
    """Count the lines of the log that hold a telling code, and were written before it could go."""
    told = Q(pk__in=[])
    for code in tell.codes:
        told |= Q(cases__contains=f" {code} ")
    return Noted.objects.filter(told, sealed="").count()


def _written(
    plan: Plan,
    people: Mapping[int, Ended],
    hand: Hand,
    found: tuple[Counter[str], Counter[str], list[str]],
) -> Purge:
    removed, emptied, marks = found
    reasons = Counter(one.reason for one in people.values()) + Counter(plan.parts.counted)
    done = Purge(
        at=hand.at,
        by=hand.by,
        people=len(people),
        removed=dict(sorted((+removed).items())),
        emptied=dict(sorted((+emptied).items())),
        stayed=plan.stayed(),
        reasons=dict(sorted(reasons.items())),
        marks=marks,
    )
    done.sha256 = reporting.digest_of(done)
    done.save()
    for key, ended in people.items():
        Shut.objects.update_or_create(
            subject_id=key,
            defaults={"day": ended.day, "reason": ended.reason, "at": hand.at, "purge": done},
        )
    Errand.objects.bulk_create(
        [
            Errand(purge=done, what=what, named=one)
            for what, every_one in (
                (Errand.FILE, sorted(plan.going.files)),
                (Errand.RECORD, plan.captures.alone),
            )
            for one in every_one
        ],
        ignore_conflicts=True,
    )
    Errand.objects.get_or_create(what=Errand.PAGES, named="", defaults={"purge": done})
    emptied_lines = emptied["access.Noted"]
    told = f"purge {done.sha256} emptied {emptied_lines}"
    log.add(log.Line(hand.at, hand.by, Noted.CHANGE, log.PURGE, told=told))
    return done
