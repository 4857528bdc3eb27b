"""What the demo prints: looks, findings with their reasons, letters, and the calendar."""

from collections.abc import Iterable, Iterator
from datetime import date
from email.message import EmailMessage

import click
from django.utils.translation import gettext as say
from django.utils.translation import override

from habeas.finding.words import meaning, verdict_words
from habeas.language import _, current, ngettext
from habeas.names import Verdict
from habeas.sources.contract import Obstacle
from habeas.sources.registry import source
from habeas.terminal import safe_line
from habeas.watch.coverage import State, calendar
from habeas.watch.models import Event, Look, Match
from habeas.watch.schedule import MISSED

_SIGNS = {
    State.COMPLETE: ("●", "green"),
    State.PARTIAL: ("◐", "yellow"),
    State.COULD_NOT_LOOK: ("✕", "red"),
    State.MISSED: ("○", "magenta"),
    State.NONE: ("·", None),
}
_FACTS = ("case_number", "article", "state", "judge", "when", "title", "date")
_CELL = 12
CODE = "P1"
"""Of the sought person: the first who is added."""


def words_of(state: State) -> str:
    """Return what the sign of a day means."""
    return {
        State.COMPLETE: _("complete"),
        State.PARTIAL: _("partial"),
        State.COULD_NOT_LOOK: _("could not look"),
        State.MISSED: _("missed: habeas was not running"),
        State.NONE: _("no look yet"),
    }[state]


def title_of(source_id: str) -> str:
    """Return the title of a source in the language of the terminal; the site has it translated."""
    with override(current()):
        return say(source(source_id).title)


def looks(rows: Iterable[Look]) -> Iterator[str]:
    """Yield one line for each look: read whole, or why not."""
    for look in rows:
        shape, colour = _SIGNS[_state(look)]
        yield f"  {click.style(shape, fg=colour)} {safe_line(_line(look))}"


def _state(look: Look) -> State:
    if look.confirmed:
        return State.COMPLETE
    return State.MISSED if look.obstacle == MISSED else State.COULD_NOT_LOOK


def _line(look: Look) -> str:
    title = title_of(look.watch.source)
    if look.confirmed:
        return _("{source} — read whole, {rows} entries").format(source=title, rows=look.rows)
    if look.obstacle == MISSED:
        return f"{title} — {words_of(State.MISSED)}"
    why = meaning(Obstacle(look.obstacle))
    return _("{source} — could not look. {why}").format(source=title, why=why)


def finding(match: Match) -> str:
    """Return a match with its row, its reasons, and where it stands."""
    version = match.mention.version
    verdict = Verdict(match.verdict)
    colour = "yellow" if verdict is Verdict.POSSIBLE else "green"
    head = click.style(f"{verdict}  {safe_line(match.mention.printed)}", fg=colour, bold=True)
    lines = [f"  {head}  {verdict_words(verdict)}  ({match.bits:+.1f} bits)"]
    facts = (version.facts.get(term) for term in _FACTS)
    told = [str(match.mention.role), *(one for one in facts if isinstance(one, str))]
    lines.append("    " + safe_line(" · ".join(one for one in told if one)))
    lines += ["      " + safe_line(str(why["text"])) for why in match.reasons]
    lines.append("    " + safe_line(source(version.entry.source).publisher))
    return "\n".join(lines)


def gone(event: Event, names: Iterable[str]) -> str:
    """Return that an entry vanished, and what its own page says now."""
    head = click.style(_("vanished"), fg="red", bold=True)
    told = " · ".join([*names, str(event.entry.versions.latest("pk").facts.get("case_number", ""))])
    words = _(
        "It is missing from two complete lists in a row, and its own page says that it was "
        "removed. Both are recorded; the list that printed it is kept."
    )
    return f"  {head}  {safe_line(told)}\n    {words}"


def letters(caught: Iterable[EmailMessage]) -> Iterator[str]:
    """Yield letters about the sought person as they were caught; count those about sources."""
    others = 0
    arrives = click.style("✉", fg="cyan") + " " + _("A letter arrives in the mail catcher:")
    for letter in caught:
        body = letter.get_body(("plain",))
        text = body.get_content().strip() if body is not None else ""
        if not text.startswith(CODE):
            others += 1
            continue
        lines = [f"  {arrives}"]
        lines += [f"    │ {safe_line(one)}" for one in (str(letter["Subject"]), *text.splitlines())]
        yield "\n".join(lines)
    if others:
        words = ngettext(
            "and {count} letter about sources that could or could not be read",
            "and {count} letters about sources that could or could not be read",
            others,
        ).format(count=others)
        yield f"  {click.style('✉', fg='cyan')} {words}"


def coverage(source_ids: Iterable[str], first: date, last: date) -> Iterator[str]:
    """Yield the calendar: one line for each source, one sign for each day, then what they mean."""
    days = calendar(next(iter(source_ids)), first, last)
    yield "  " + "".join(f"{day.day:%d.%m.}".ljust(_CELL // 2 + 1) for day in days)
    met: dict[State, None] = {}
    for source_id in source_ids:
        days = calendar(source_id, first, last)
        met |= dict.fromkeys(day.state for day in days)
        signs = (_SIGNS[day.state] for day in days)
        cells = [click.style(shape, fg=colour) + " " * (_CELL // 2) for shape, colour in signs]
        yield "  " + "".join(cells) + title_of(source_id)
    yield "  " + " · ".join(f"{_SIGNS[state][0]} {words_of(state)}" for state in met)
