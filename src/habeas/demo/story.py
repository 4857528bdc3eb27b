"""Tells the story: four captures, three searches, one page that could not be looked at."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from habeas.demo import replica
from habeas.finding.capturing import Capturer
from habeas.finding.search import Options, Search
from habeas.finding.telling import matches, obstacles, summary, title
from habeas.language import _
from habeas.names import Sought

if TYPE_CHECKING:
    from habeas.finding.looked import Looked

PRESS = "Izzak Amon"
OTHER_PRESS = "Izzat Amon"
MINISTRY = "Kholov Izatullo Amonovich"


def tell(into: Path) -> Iterator[str]:
    """Yield the story as text, paragraph by paragraph, as it happens.

    Args:
        into: folder for the recorded pages; made if it is missing.

    Raises:
        OSError: loopback cannot be served.
        EvidenceNotWritten: the folder cannot be written to.
    """
    yield _opening()
    with replica.serving() as address:
        capturer = Capturer(into)

        def captured(*paths: str) -> list[str]:
            return [str(capturer.capture(address + path).record.path) for path in paths]

        lists = captured(*(replica.COURT_LIST.format(page=n + 1) for n in range(replica.pages())))
        notice = captured(replica.MINISTRY)
        gate = captured(replica.CAPTCHA)
    yield from _act(
        _('1. "{name}", as newspapers wrote it, in the court\'s list').format(name=PRESS),
        _search((PRESS,), lists),
    )
    yield from _act(
        _('2. Also "{name}", as other newspapers wrote it, in a notice of the ministry').format(
            name=OTHER_PRESS
        ),
        _search((PRESS, OTHER_PRESS), notice),
    )
    yield _learnt()
    known = (PRESS, OTHER_PRESS, MINISTRY)
    yield from _act(_("3. With the ministry's spelling, in the same list"), _search(known, lists))
    yield from _act(
        _("4. The same spellings, on a page that answers HTTP 200"), _search(known, gate)
    )
    yield _closing(into)


def _search(spellings: Sequence[str], places: Sequence[str]) -> Search:
    return Search(Sought(tuple(spellings)), places, Options())


def _act(heading: str, search: Search) -> Iterator[str]:
    yield title(heading)
    looked: list[Looked] = []
    for one in search:
        search.report.add(one)
        looked.append(one)
    yield from matches([one for one in looked if one.hits])
    yield from obstacles(
        [one for one in looked if one.obstacle is not None], search.report.incomplete()
    )
    yield summary(search.report)
    yield ""


def _opening() -> str:
    return _(
        "March 2021. A migrants'-rights lawyer, known as Izzat Amon, is not heard of since 25 "
        "March (RFE/RL). A newspaper spells him Izzak Amon. Radio Ozodi quotes officials of the "
        "Tverskoy court on a ruling under article 18.10, part 2.\n"
        "The pages below are a replica on this machine; the people around him are invented.\n"
    )


def _learnt() -> str:
    return _(
        "The notice adds a surname. That the two are one man is the ministry's claim; a person "
        "takes it over as a further spelling:\n"
    )


def _closing(into: Path) -> str:
    return _(
        "The recorded pages are in {folder}. Search them yourself:\n"
        '  habeas find "{press}" --also "{ministry}" {folder}'
    ).format(folder=into, press=PRESS, ministry=MINISTRY)
