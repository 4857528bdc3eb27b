"""`habeas read`: what a text says, as suggestions with their words; nothing is decided."""

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from habeas.errors import Exit, NothingToRead, TextTooLong
from habeas.language import _
from habeas.terminal import as_json, safe, safe_line

if TYPE_CHECKING:
    from habeas.finding.texts import Text
    from habeas.reading import Kind, Reading, Suggestion

_SHOWN = 60
"""Suggestions of one kind that are printed for a person; the JSON carries all."""


@click.command("read", short_help="Read texts into suggestions with their words.")
@click.argument("places", nargs=-1, required=True, metavar="PLACE...")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object for each text.")
@click.option("--with-text", is_flag=True, help="Put the text that was read into the JSON.")
def command(places: tuple[str, ...], *, json_: bool, with_text: bool) -> int:
    """Read each PLACE and suggest who is named, what was done, who says so, and how many.

    A PLACE is a text, a saved page, a PDF, a folder, a WARC or WACZ archive, or "-" for standard
    input. Every suggestion shows the words it rests on and how sure its rule is; a person accepts
    or refuses it. Nothing is sent anywhere.
    """
    found = unreadable = 0
    for text in _texts(places):
        reading = _read(text)
        if reading is None:
            unreadable += 1
            click.echo(as_json(_obstacle(text)) if json_ else _no_text(text))
            continue
        found += bool(reading.suggestions)
        unreadable += text.plain.obstacle is not None
        if json_:
            click.echo(as_json(_plain(text, reading, with_text=with_text)))
        else:
            for line in _shown(text, reading):
                click.echo(line)
    if found:
        return Exit.DONE
    return Exit.COULD_NOT_LOOK if unreadable else Exit.NOT_FOUND


def _texts(places: tuple[str, ...]) -> "Iterator[Text]":
    from habeas.finding.texts import text_of, texts_of
    from habeas.sources.contract import Capture

    for place in places:
        if place == "-":
            yield text_of(Capture(sys.stdin.buffer.read(), place="-"))
        else:
            yield from texts_of((place,))


def _read(text: "Text") -> "Reading | None":
    from habeas.reading import read

    if not text.plain.text:
        return None
    try:
        return read(text.plain.text)
    except (NothingToRead, TextTooLong) as error:
        click.echo(f"{safe_line(text.place)}: {error}", err=True)
        return None


def _plain(text: "Text", reading: "Reading", *, with_text: bool) -> dict[str, object]:
    from habeas.reading.telling import as_plain

    plain = text.plain
    whole = {
        "type": "reading",
        "place": text.place,
        "length": len(plain.text),
        "extracted": plain.extracted,
        "could_not_read": plain.explanation,
        "remarks": list(plain.remarks),
        **as_plain(reading),
    }
    if with_text or plain.extracted:
        whole["text"] = plain.text
    return whole


def _obstacle(text: "Text") -> dict[str, object]:
    return {
        "type": "could_not_look",
        "place": text.place,
        "reason": text.plain.obstacle or "",
        "words": text.plain.explanation,
    }


def _no_text(text: "Text") -> str:
    words = text.plain.explanation or _("There is no text to read.")
    return f"{click.style(safe_line(text.place), bold=True)}\n  {safe(words)}"


def _shown(text: "Text", reading: "Reading") -> Iterator[str]:
    """Yield what a person should see of one text."""
    from habeas.reading.words import language_words

    yield click.style(safe_line(text.place), bold=True, underline=True)
    languages = ", ".join(language_words(one) for one in reading.languages) or "?"
    yield _("{languages}; {length} characters").format(
        languages=languages, length=len(text.plain.text)
    )
    for words in (text.plain.explanation, *text.plain.remarks):
        if words:
            yield click.style(f"  {safe(words)}", fg="yellow")
    if reading.read_to < len(text.plain.text):
        words = _("Read up to character {place} only: there was too much in it.")
        yield click.style(f"  {words.format(place=reading.read_to)}", fg="yellow")
    yield from _questions(reading)
    yield from _people(reading)
    for heading, lines in _parts(reading):
        yield from _part(heading, lines)


def _part(heading: str, lines: Iterable[str]) -> Iterator[str]:
    shown = list(lines)
    if not shown:
        return
    yield ""
    yield click.style(heading, bold=True)
    yield from (f"  {line}" for line in shown[:_SHOWN])
    if len(shown) > _SHOWN:
        yield "  " + _("… and {count} more; --json shows all.").format(count=len(shown) - _SHOWN)


def _questions(reading: "Reading") -> Iterator[str]:
    from habeas.reading.rules import check_words

    asked = [safe_line(check_words(one.check, one.facts)) for one in reading.questions]
    yield from _part(_("Questions"), [click.style(one, fg="yellow") for one in asked])


def _people(reading: "Reading") -> Iterator[str]:
    lines = []
    for person in reading.people:
        others = [one for one in person.spellings if one != person.name]
        line = safe_line(person.name)
        if person.roles:
            line += f" ({safe_line(', '.join(person.roles))})"
        if person.relative_of is not None:
            line += " — " + _("relative of {name}").format(
                name=safe_line(reading.people[person.relative_of].name)
            )
        if others:
            line += " — " + _("also written: {spellings}").format(
                spellings=safe_line(" · ".join(others))
            )
        lines.append(line)
    yield from _part(_("People"), lines)


def _parts(reading: "Reading") -> "Iterator[tuple[str, list[str]]]":
    from habeas.reading import Kind

    for kind, heading in (
        (Kind.COUNT, _("Counts")),
        (Kind.CUSTODY, _("What was done")),
        (Kind.CLAIM, _("Who says what")),
        (Kind.ARTICLE, _("Articles of law")),
        (Kind.DATE, _("Dates")),
        (Kind.SPAN, _("Lengths of time")),
        (Kind.QUOTE, _("Quotations")),
    ):
        yield heading, [line for one in reading.of(kind) for line in _lines(one)]
    for kind, heading in ((Kind.ORGANISATION, _("Organisations")), (Kind.PLACE, _("Places"))):
        yield heading, list(_named(reading, kind))


def _named(reading: "Reading", kind: "Kind") -> Iterator[str]:
    """Yield each body or place once, with how often it is named and where first."""
    places: dict[str, list[Suggestion]] = {}
    for one in reading.of(kind):
        places.setdefault(one.at.text.casefold(), []).append(one)
    for named in places.values():
        at = named[0].at
        times = f" ×{len(named)}" if len(named) > 1 else ""
        what = _what(named[0])
        yield f"{safe_line(at.text)}{f' ({what})' if what else ''}{times} [{at.start}–{at.end}]"


def _lines(one: "Suggestion") -> Iterator[str]:
    """Yield the line of a suggestion, and who says it where it is not the text itself."""
    from habeas.reading.suggestions import Count, Custody, Quote

    what = _what(one)
    place = f"[{one.at.start}–{one.at.end}]"
    quote = safe_line(" ".join(one.at.text.split())[:120])
    mark = {"high": "", "medium": " ·", "low": " ?"}[one.confidence]
    yield f"{what}{mark}  “{quote}” {place}" if what else f"“{quote}” {place}{mark}"
    value = one.value
    if isinstance(value, Count | Custody | Quote) and value.speaker.kind == "named":
        from habeas.reading.words import speaker_words

        yield "    " + _("said by: {speaker}").format(
            speaker=safe_line(speaker_words(value.speaker))
        )


def _what(one: "Suggestion") -> str:
    from habeas.reading.suggestions import Article, Claim, Count, Custody, Date, Organisation

    value = one.value
    if isinstance(value, Count):
        return _count(value)
    if isinstance(value, Custody):
        return _custody(value)
    if isinstance(value, Claim):
        return _claim(value)
    if isinstance(value, Date):
        return value.edtf
    if isinstance(value, Article):
        parts = (value.code, value.article, value.part and f"({value.part})")
        return safe_line(" ".join(part for part in parts if part))
    return value.type if isinstance(value, Organisation) else ""


def _count(value: object) -> str:
    from habeas.reading.suggestions import Count
    from habeas.reading.words import bounds_words, unit_words

    assert isinstance(value, Count)
    told = f"{bounds_words(value.bounds)}, {unit_words(value.unit)}"
    if value.total is not None:
        told += " " + _("out of: {total}").format(total=bounds_words(value.total))
    return told


def _custody(value: object) -> str:
    from habeas.reading.suggestions import Custody
    from habeas.reading.words import event_words

    assert isinstance(value, Custody)
    parts = [event_words(value.event)]
    if value.denied:
        parts.append(_("(denied)"))
    if value.future:
        parts.append(_("(may happen or is asked for)"))
    parts += [safe_line(part) for part in (value.whom, value.date, value.place) if part]
    return ", ".join(parts)


def _claim(value: object) -> str:
    from habeas.reading.suggestions import Claim
    from habeas.reading.words import claim_words

    assert isinstance(value, Claim)
    told = safe_line(claim_words(value))
    if value.content is not None:
        told += f": {safe_line(' '.join(value.content.text.split())[:100])}"
    return told
