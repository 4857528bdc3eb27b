"""From a page to a proposed description, and to what it would read with it."""

from collections.abc import Callable
from dataclasses import dataclass

from habeas.errors import NothingProposed, SourceBroken
from habeas.language import _
from habeas.sources.contract import Capture, Page
from habeas.sources.describing import Source, from_toml
from habeas.sources.proposing import posts, tables
from habeas.sources.proposing.draft import Draft

_STAND_INS = {
    'name = "?"': 'name = "x"',
    'lang = "?"': 'lang = "en"',
    'url = "?"': 'url = "https://x.example/"',
    'jurisdiction = "?"': 'jurisdiction = "XX"',
    'title = "?"': 'title = "x"',
    'every = "?"': 'every = "P1D"',
    'blind_spots = "?"': 'blind_spots = "x"',
}
_PROPOSERS: tuple[Callable[[Capture], Draft | None], ...] = (
    posts.feed,
    posts.sitemap,
    posts.telegram,
    tables.table,
    posts.pdf_list,
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A description to check.

    Attributes:
        text: the TOML, with what was inferred marked.
        kind: the kind that it proposes.
        remarks: what a person should know, one sentence each.
        open: keys that only a person can fill in, as they stand in the text.
        page: what the kind reads of the page with it; None where it cannot read it yet.
    """

    text: str
    kind: str
    remarks: tuple[str, ...]
    open: tuple[str, ...]
    page: Page | None

    def filled(self, answers: dict[str, str]) -> str:
        """Return the text with answers in the place of its question marks, by key."""
        text = self.text
        for key, answer in answers.items():
            text = Draft.answered(text, key, answer)
        return text


def propose(capture: Capture) -> Proposal:
    """Return the description that fits a page best.

    Args:
        capture: the page, with its address if that is known.

    Raises:
        NothingProposed: it is none of the kinds that need no code.
    """
    for proposer in _PROPOSERS:
        draft = proposer(capture)
        if draft is not None:
            text = draft.text()
            page, trouble = _tried(text, capture)
            remarks = (*draft.remarks, *((trouble,) if trouble else ()))
            return Proposal(text, draft.kind, remarks, draft.open(), page)
    raise NothingProposed(capture.place or capture.url)


def _tried(text: str, capture: Capture) -> tuple[Page | None, str]:
    """Read the page with the proposal, as far as its open answers allow."""
    for before, after in _STAND_INS.items():
        text = text.replace(before, after)
    try:
        source: Source = from_toml("xx_proposed", text)
    except SourceBroken as error:
        return None, _("It cannot be tried yet: {cause}").format(cause=error.happened)
    return source.adapter.parse(capture), ""
