"""What watching keeps. Rows are added, not changed; "now" is derived from them.

Times are aware and in UTC. JSON columns hold what `sources.contract` calls facts.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from habeas.watch.identity import folded
from habeas.watch.ruled import among
from habeas.watch.scope import Founding, Scope, Seen


class Person(Founding):
    """A sought person, as far as watching needs to know them.

    Attributes:
        code: what alerts, file names and calendars carry instead of a name.
    """

    code = models.CharField(max_length=16, unique=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = Seen["Person"]()

    class Meta:
        # The few that are closed, or withdrawn, are counted at every look.
        indexes: ClassVar = [
            models.Index(
                fields=["closed_at"], condition=models.Q(closed_at__isnull=False), name="closed"
            )
        ]

    def __str__(self) -> str:
        return self.code

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(pk__in=scope.people)


class Spelling(models.Model):
    """One written form of a person's name; never deleted, only withdrawn.

    Attributes:
        origin: who or what gave it: "user", or the decision that confirmed it as printed.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="spellings")
    text = models.CharField(max_length=1000)
    origin = models.CharField(max_length=200, default="user")
    added_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = Seen["Spelling"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["withdrawn_at"],
                condition=models.Q(withdrawn_at__isnull=False),
                name="withdrawn",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(person__in=scope.people)


class Watch(models.Model):
    """One thing that is looked at on a schedule: a source, or one court of a source.

    Attributes:
        source: id in the catalogue.
        court: as `sources.contract.Query.courts` wants it, empty for the whole source.
        every_s: seconds between two slots.
        by_name: whether the user allowed this source to be asked by name.
        route: "direct", or the name of a configured proxy.
        days_back: whole days before today whose lists are asked for, in the site's time zone.
        days_ahead: whole days after today whose lists are asked for.
    """

    source = models.CharField(max_length=60)
    court = models.CharField(max_length=200, blank=True)
    every_s = models.PositiveIntegerField()
    by_name = models.BooleanField(default=False)
    route = models.CharField(max_length=60, default="direct")
    days_back = models.PositiveSmallIntegerField(default=1)
    days_ahead = models.PositiveSmallIntegerField(default=7)
    added_at = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "court", "route"], name="one_watch_each")
        ]

    def __str__(self) -> str:
        route = "" if self.route == "direct" else f" ({self.route})"
        return f"{self.source} {self.court}".strip() + route


class Look(models.Model):
    """The ledger: one row for each watch and slot, written when the slot is finished.

    Attributes:
        slot: the time for which the look was due; with `watch`, unique: no slot is done twice.
        outcome: found, not_found or could_not_look, of the whole answer, all its pages.
        obstacle: why it could not be looked at, else empty. "missed" where the program did not
            run at that time: a gap is a row too.
        requests: exact requests, in order, each with the record that holds its answer, the hash of
            its bytes, its outcome and its rows.
        rows, counter: entries read, and the site's own count (null where it prints none).
        confirmed: True where the answer is complete and, if it is empty, a control query in the
            same run succeeded. Only confirmed looks support "not found" and "vanished".
        adapter: version of habeas and source that read it.
        slots: how many slots this row stands for; more than one only where "missed" ones follow
            each other, `every_s` seconds apart from `slot` on.
        lists: how many lists were asked for.
        confirmed_lists: how many of them were confirmed, see `Listing`.
    """

    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="looks")
    slot = models.DateTimeField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    outcome = models.CharField(max_length=20)
    obstacle = models.CharField(max_length=30, blank=True)
    explanation = models.TextField(blank=True)
    requests = models.JSONField(default=list)
    rows = models.PositiveIntegerField(default=0)
    counter = models.PositiveIntegerField(null=True, blank=True)
    confirmed = models.BooleanField(default=False)
    adapter = models.CharField(max_length=80)
    slots = models.PositiveIntegerField(default=1)
    lists = models.PositiveIntegerField(default=0)
    confirmed_lists = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["watch", "slot"], name="one_look_each_slot")
        ]
        indexes: ClassVar = [models.Index(fields=["watch", "-slot"])]

    def __str__(self) -> str:
        return f"{self.watch} {self.slot:%Y-%m-%d %H:%M} {self.obstacle or self.outcome}"


class Listing(models.Model):
    """One list at one look: which entries it held, and whether that can be relied on.

    Attributes:
        scope: which list; the same at every look.
        family: which kind of list at which address; one that is known to be full is asked as a
            control for one that says it is empty.
        request: what was asked, to be asked again as a control.
        confirmed: see `Look.confirmed`, of this list alone.
        entries: ids of the entries seen, ascending; empty where `same_as` is set.
        same_as: an earlier listing that held exactly these entries.
    """

    look = models.ForeignKey(Look, on_delete=models.PROTECT, related_name="listings")
    source = models.CharField(max_length=60)
    scope = models.CharField(max_length=200)
    family = models.CharField(max_length=200)
    request = models.JSONField(default=dict)
    confirmed = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    entries = models.JSONField(default=list)
    same_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["look", "scope"], name="one_listing_each_look")
        ]
        indexes: ClassVar = [
            models.Index(fields=["source", "scope", "-id"]),
            models.Index(
                fields=["source", "family", "-id"],
                condition=models.Q(confirmed=True, rows__gt=0),
                name="controls",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.scope}: {self.rows}"


class Entry(models.Model):
    """One case or notice in one list of a source, by its stable identity, never by its number.

    A case that is heard on two days stands in two lists and has two entries of one identity.

    Attributes:
        identity: court code and unique identifier.
        scope: which list it is expected in (a day's, a card): absence counts only there.
    """

    source = models.CharField(max_length=60)
    identity = models.CharField(max_length=300)
    scope = models.CharField(max_length=200, blank=True)
    first_look = models.ForeignKey(Look, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "scope", "identity"], name="one_entry_each_scope"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["source", "identity"])]

    def __str__(self) -> str:
        return f"{self.source} {self.identity}"


class Version(models.Model):
    """What an entry said, from one look on; a new row whenever its meaning changes.

    Attributes:
        digest: SHA-256 of the facts and mentions in canonical form; the same meaning, the same.
        whole: False where the page that showed it was cut or hid something: what this version
            lacks may have stood there all the same.
        record: path and record id of the capture, sha256 of its payload.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="versions")
    look = models.ForeignKey(Look, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    facts = models.JSONField()
    link = models.CharField(max_length=2000, blank=True)
    record = models.JSONField(default=dict)
    whole = models.BooleanField(default=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["entry", "-id"])]

    def __str__(self) -> str:
        return f"{self.entry} {self.digest[:8]}"


class Mention(models.Model):
    """A name as printed in one version of an entry."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="mentions")
    printed = models.CharField(max_length=1000)
    role = models.CharField(max_length=300, blank=True)
    capacity = models.CharField(max_length=20)

    def __str__(self) -> str:
        return self.printed


class Event(models.Model):
    """Something happened to an entry: appeared, changed, moved, vanished, returned.

    Attributes:
        changes: for "changed": field -> [before, after]; for "moved": the new address; for
            "vanished": the looks that prove it and the tombstone capture.
    """

    APPEARED, CHANGED, MOVED = "appeared", "changed", "moved"
    VANISHED, RETURNED = "vanished", "returned"

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="events")
    look = models.ForeignKey(Look, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12)
    changes = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "look", "kind"], name="one_event_each_look")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry}"


class Match(models.Model):
    """Our guess that a mention is a sought person. Never a fact; see `Decision`.

    Attributes:
        folded: the printed name as it is compared with itself: small letters, е for ё. Matches
            that are alike in it, in one case of one source, are one question to a person.
        reasons: as `finding.looked.Why`, plain values.
        spellings: how many spellings the comparison knew; more of them open it again.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="matches")
    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="matches")
    folded = models.CharField(max_length=1000, default="")
    verdict = models.CharField(max_length=12)
    bits = models.FloatField()
    namesakes = models.FloatField()
    reasons = models.JSONField()
    spellings = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    objects = Seen["Match"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "mention", "spellings"], name="one_match_each_comparison"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ~ {self.mention}: {self.verdict}"

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Fold the printed name first."""
        self.folded = folded(self.mention.printed)[:1000]
        super().save(*args, **kwargs)

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(person__in=scope.people)


class Decision(models.Model):
    """A named user's answer to a match: same, not_same or open. The latest one counts."""

    SAME, NOT_SAME, OPEN = "same", "not_same", "open"

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="decisions")
    answer = models.CharField(max_length=10)
    ground = models.TextField(blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = Seen["Decision"]()

    def __str__(self) -> str:
        return f"{self.match}: {self.answer} by {self.by}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        matches = Match._base_manager.filter(person__in=scope.people)  # noqa: SLF001 - whoever asks
        return among("match", matches)


class Channel(models.Model):
    """Where alerts go.

    Attributes:
        address: an `apprise` address (mailto://, tgram://, matrix://, ntfy://) or, for a signed
            webhook, an http(s) address. A secret: never shown whole, never logged.
        kind: "apprise" or "webhook".
        names: whether alerts may carry names; off unless the user wants it.
        quiet: quiet hours as "22:00-07:00 Europe/Moscow", empty for none.
        digest_s: seconds over which alerts are gathered into one message, 0 for at once.
        people: codes of persons it is for, empty for all.
    """

    kind = models.CharField(max_length=10)
    address = models.CharField(max_length=1000)
    names = models.BooleanField(default=False)
    quiet = models.CharField(max_length=60, blank=True)
    digest_s = models.PositiveIntegerField(default=0)
    people = models.JSONField(default=list)
    added_at = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Alert(models.Model):
    """The outbox: one message to one channel, written in the same transaction as its cause.

    Attributes:
        key: idempotency key, also sent along; the same cause and channel give the same key.
        about: what it tells: {"kind": "match"|"event"|"heartbeat"|"gap", ids}.
        tries: attempts so far; `due_at` the next one.
        sent_at: set when the channel took it; a crash between hand-over and this mark is resolved
            by the key (webhook) or told as "may have been sent twice" (other channels).
        failed: the last failure, in words.
    """

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="alerts")
    key = models.CharField(max_length=64, unique=True)
    about = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    handing_over_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    failed = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sent_at", "due_at"])]

    def __str__(self) -> str:
        return f"{self.key} to {self.channel}"


class Backlog(models.Model):
    """The past that has to be screened again because a person, or a spelling, is new.

    Attributes:
        spellings: how many spellings the person had then, withdrawn ones too.
        next_mention: id of the first mention not screened yet; moves on with every batch.
        done_at: when the last mention there was at that time had been screened.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="backlogs")
    spellings = models.PositiveSmallIntegerField()
    next_mention = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = Seen["Backlog"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "spellings"], name="one_backlog_each_state")
        ]

    def __str__(self) -> str:
        return f"{self.person} from mention {self.next_mention}"

    @staticmethod
    def seen_by(scope: Scope) -> Q:
        """Return the condition for the rows that a scope lets through."""
        return Q(person__in=scope.people)


class Lease(models.Model):
    """Which process watches; not history, one row. Without it nothing is written to the ledger.

    Attributes:
        holder: host, process and a random token; empty where nobody watches.
        until: when the lease runs out unless it is renewed.
    """

    name = models.CharField(max_length=20, unique=True)
    holder = models.CharField(max_length=200, blank=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.holder}"


class Heartbeat(models.Model):
    """One row for each day (UTC) on which the heartbeat was handed to the channels."""

    day = models.DateField(unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day}"
