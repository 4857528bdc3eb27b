"""What the replica shows from day to day: the reported row and notice among invented people."""

from collections.abc import Iterator
from datetime import date
from importlib.resources import files

from habeas.replica import Entry, Fault, FaultKind, Happening, Kind, Planned, Script
from habeas.replica.crowd import crowd

START = date(2021, 3, 25)
"""Day 0: since that day, as RFE/RL reported, nobody had heard of him."""
NOTICE, GONE, OUTAGE = 2, 4, 4
"""Days: the notice appears, the row is gone, the ministry's site is out of order."""
COURT, MAGISTRATE = "tverskoj", "2.vymysel.msudrf.ru"

# Case numbers that no court gives: the demo must not point at a real case.
_NUMBER = "05-9{index:03}/2021"
_TITLE = "On a criminal case of fraud"
# Our wording, after AsiaNews of April 2021, which quotes the ministry's notice.
_TEXT = (
    "(Replica, in our words.) The ministry states that Kholov Izatullo Amonovich is accused of "
    "fraud: he allegedly collected large sums from labour migrants in Russia, under the pretext of "
    "defending their rights.\nAccording to the ministry, the investigation goes on."
)


def script() -> Script:
    """Return the calendar of the three replicas."""
    return Script(START, (*_hearings(), *_notices(), *_behind_the_captcha()))


def faults() -> tuple[Fault, ...]:
    """Return what goes wrong: a captcha at HTTP 200 all the time, and an outage on one day."""
    return (
        Fault(FaultKind.CAPTCHA, source="ru_msudrf"),
        Fault(FaultKind.UNAVAILABLE, source="tj_mvd", from_day=OUTAGE, to_day=OUTAGE),
    )


def _hearings() -> Iterator[Planned]:
    text = (files("habeas.demo") / "rows.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    header = lines[0].split("\t")
    for index, line in enumerate(lines[1:]):
        row = dict(zip(header, line.split("\t"), strict=True))
        entry = Entry(
            key=f"demo {index}",
            source="ru_mosgorsud",
            court=COURT,
            number=_NUMBER.format(index=index),
            people=(("Привлекаемое лицо", row["party"]),),
            article=row["article"],
            judge=row["judge"],
            day=int(row["day"]),
            time=row["time"],
        )
        happenings = [Happening(int(row["appears"]), Kind.APPEARS)]
        if row["vanishes"]:
            happenings.append(Happening(int(row["vanishes"]), Kind.VANISHES))
        yield Planned(entry, tuple(happenings))


def _notices() -> Iterator[Planned]:
    notice = Entry("demo notice", "tj_mvd", "ru", day=NOTICE, title=_TITLE, text=_TEXT)
    yield Planned(notice, (Happening(NOTICE, Kind.APPEARS),))
    yield from crowd("tj_mvd", [""], range(-5, 0), each=1)


def _behind_the_captcha() -> Iterator[Planned]:
    yield from crowd("ru_msudrf", [MAGISTRATE], range(6), each=3)
