"""Tells the story, day by day, on the replica, in the terminal and on the site at the same time."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from habeas.demo import telling
from habeas.demo.script import COURT, GONE, MAGISTRATE, NOTICE, START
from habeas.demo.stage import Stage
from habeas.finding.search import Options, Search
from habeas.finding.telling import matches, summary, title
from habeas.language import _, marked
from habeas.names import Sought

if TYPE_CHECKING:
    from habeas.finding.looked import Looked
    from habeas.watch.models import Look, Match, Person

PRESS = "Izzak Amon"
OTHER_PRESS = "Izzat Amon"
MINISTRY = "Kholov Izatullo Amonovich"
_COURT, _MINISTRY, _MAGISTRATES = "ru_mosgorsud", "tj_mvd", "ru_msudrf"
_LAST = 5
# Source, court, and how many days back its lists are read.
_WATCHED = ((_COURT, COURT, 5), (_MINISTRY, "", 0), (_MAGISTRATES, MAGISTRATE, 0))


class Story:
    """The days, in order.

    Args:
        stage: where it is told.
        pause: called after each day, so that a reader can follow on the site.
    """

    def __init__(self, stage: Stage, pause: Callable[[], None]) -> None:
        self._stage = stage
        self._pause = pause
        self._told_looks = 0
        self._told_matches = 0
        self._told_events = 0
        self._today = 0

    def tell(self, into: Path) -> Iterator[str]:
        """Yield the story as text, paragraph by paragraph, as it happens.

        Args:
            into: the folder of the recorded pages.
        """
        yield from self._first_day()
        yield from self._row_appears()
        yield from self._notice()
        yield from self._nobody_watches()
        yield from self._row_is_gone()
        yield from self._last_morning()
        yield _closing(into)

    # --- the days ----------------------------------------------------------------------------

    def _first_day(self) -> Iterator[str]:
        yield self._date(0)
        yield self._says(
            marked(
                "A migrants'-rights lawyer, known as Izzat Amon, is not heard of since this day "
                "(RFE/RL). A newspaper spells him Izzak Amon. He is added as a sought person, "
                "and three sources are watched; no name is sent to any of them."
            )
        )
        self._person = self._watch()
        yield from self._day(0)

    def _row_appears(self) -> Iterator[str]:
        yield self._date(1)
        yield self._says(
            marked(
                "A hearing is added to the court's list. Radio Ozodi quotes officials of the "
                "Tverskoy court on a ruling under article 18.10, part 2."
            )
        )
        yield from self._day(1, pause=False)
        heading = _('"{name}", as that newspaper wrote it, in the court\'s list').format(name=PRESS)
        yield title(heading)
        yield from _search((PRESS,), self._lists_of(_COURT))
        self._pause()

    def _notice(self) -> Iterator[str]:
        yield self._date(NOTICE)
        yield self._says(
            marked(
                "Other newspapers write Izzat Amon; that spelling is added. On this day a notice "
                "of the ministry names somebody."
            )
        )
        self._add_spelling(OTHER_PRESS)
        self._stage.morning(NOTICE)
        yield from self._news()
        self._pause()
        yield self._says(
            marked(
                "The notice adds a surname. That the two are one man is the ministry's claim; a "
                "person answers the match, with that ground, so the printed name becomes a "
                "further spelling, and everything read so far is compared once more."
            )
        )
        self._decide()
        self._stage.evening(NOTICE)
        yield from self._news()
        self._pause()

    def _nobody_watches(self) -> Iterator[str]:
        yield self._date(NOTICE + 1)
        yield self._says(
            marked("The computer is switched off: nobody looks, and that will be shown.")
        )
        yield ""
        self._pause()

    def _row_is_gone(self) -> Iterator[str]:
        yield self._date(GONE)
        yield self._says(
            marked(
                "Invented: the row is no longer in the court's list, and the ministry's site is "
                "out of order. One absence may be a slip; only a second complete list without "
                "the row, and its own page, count."
            )
        )
        yield from self._day(GONE)

    def _last_morning(self) -> Iterator[str]:
        yield self._date(_LAST)
        self._stage.morning(_LAST)
        yield from telling.looks(self._looks())
        yield ""
        yield title(_("Where habeas looked, day by day; nothing is passed over in silence"))
        sources = (_COURT, _MINISTRY, _MAGISTRATES)
        yield from telling.coverage(sources, START, START + timedelta(days=_LAST))
        self._stage.day = ""
        self._stage.said = marked("The story has ended. Look around, decide, add a person.")
        self._stage.unfolding = False

    # --- what happens ------------------------------------------------------------------------

    def _watch(self) -> "Person":
        from habeas.watch.adding import Wish, add_person, add_source
        from habeas.watch.channels import MAIL
        from habeas.watch.models import Channel

        now = self._stage.clock.now()
        Channel.objects.create(kind=MAIL, address=self._stage.mailbox.address, added_at=now)
        for source_id, court, days in _WATCHED:
            add_source(Wish(source_id, court, every="PT12H", days_back=days, days_ahead=0), now)
        return add_person(PRESS, now)

    def _add_spelling(self, text: str) -> None:
        from habeas.watch.decisions import add_spelling

        add_spelling(self._person, text, "user", self._stage.clock.now())

    def _decide(self) -> None:
        """Answer the match with the notice as somebody at the site does, and compare the past."""
        from habeas.watch.decisions import decide
        from habeas.watch.models import Decision, Match

        match = Match.objects.filter(mention__printed=MINISTRY).latest("pk")
        ground = _("The ministry's own notice names him so. This is its claim.")
        now = self._stage.clock.now()
        decide(match, Decision.SAME, by=_("demo"), ground=ground, at=now)
        self._stage.attend()

    def _day(self, day: int, *, pause: bool = True) -> Iterator[str]:
        self._stage.morning(day)
        self._stage.evening(day)
        yield from self._news()
        if pause:
            self._pause()

    # --- what is said ------------------------------------------------------------------------

    def _date(self, day: int) -> str:
        self._today = day
        return title(f"{START + timedelta(days=day):%d.%m.%Y}")

    def _says(self, message: str) -> str:
        self._stage.day = f"{START + timedelta(days=self._today):%d.%m.%Y}."
        self._stage.said = message
        return _(message)

    def _news(self) -> Iterator[str]:
        """Yield what is new since the last call: looks, matches, letters."""
        yield from telling.looks(self._looks())
        for match in self._matches():
            yield telling.finding(match)
        yield from self._vanished()
        yield from telling.letters(self._stage.new_letters())
        yield ""

    def _looks(self) -> "list[Look]":
        """Return the last new look of each source, in their order."""
        from habeas.watch.models import Look

        rows = Look.objects.filter(pk__gt=self._told_looks).select_related("watch").order_by("pk")
        latest = {look.watch_id: look for look in rows}
        self._told_looks = max([self._told_looks, *(look.pk for look in latest.values())])
        return [latest[watch] for watch in sorted(latest)]

    def _matches(self) -> "list[Match]":
        """Return new matches; of one row and its case page, the fuller one."""
        from habeas.watch.models import Match

        rows = Match.objects.filter(pk__gt=self._told_matches).order_by("pk")
        found = rows.select_related("mention__version__entry")
        latest = {(one.mention.version.entry.identity, one.mention.printed): one for one in found}
        self._told_matches = max([self._told_matches, *(one.pk for one in latest.values())])
        return list(latest.values())

    def _vanished(self) -> Iterator[str]:
        """Yield each new event of something that is gone, if the sought person may be meant."""
        from habeas.watch.models import Event, Mention
        from habeas.watch.screening import SKIPPED

        events = Event.objects.filter(pk__gt=self._told_events, kind=Event.VANISHED)
        for event in events.order_by("pk").select_related("entry"):
            self._told_events = event.pk
            mentions = Mention.objects.filter(version__entry=event.entry)
            mentions = mentions.exclude(capacity__in=SKIPPED)
            yield telling.gone(event, sorted(set(mentions.values_list("printed", flat=True))))

    def _lists_of(self, source_id: str) -> list[str]:
        """Return the files that hold the lists with entries of the last look at a source."""
        from habeas.watch.models import Look

        look = Look.objects.filter(watch__source=source_id).latest("pk")
        return [str(asked["path"]) for asked in look.requests if asked["path"] and asked["rows"]]


def _search(spellings: Sequence[str], places: Sequence[str]) -> Iterator[str]:
    search = Search(Sought(tuple(spellings)), places, Options())
    looked: list[Looked] = []
    for one in search:
        search.report.add(one)
        looked.append(one)
    yield from matches([one for one in looked if one.hits])
    yield summary(search.report)
    yield ""


def _closing(into: Path) -> str:
    return "\n" + _(
        "The recorded pages are in {folder}, the letters in {folder}/mail. Search the pages "
        "yourself:\n"
        '  habeas find "{press}" --also "{ministry}" {folder}'
    ).format(folder=into, press=PRESS, ministry=MINISTRY)
