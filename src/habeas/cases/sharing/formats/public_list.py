"""A list for everybody as one HTML file: no script, nothing fetched, readable on paper.

It can be put on any server or sent by post. Who may not be named stands under a random number.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as later
from django.utils.translation import override

from habeas.cases.custody.states import sign_of
from habeas.cases.sharing.contract import Format, Occasion
from habeas.cases.sharing.guards import SMALL, confirmed
from habeas.cases.sharing.lines import (
    CUSTODY,
    for_everybody,
    label,
    newest,
    plain,
    said_by,
    state_of,
    words,
)
from habeas.cases.sharing.outgoing import OutgoingDocument, OutgoingPerson, OutgoingStatement
from habeas.names.letters import Script, script_of

_LABEL = later("Public list (HTML)")
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:45rem;margin:0 auto;padding:1rem;"
    "color:#1a1a1a;background:#fff;overflow-wrap:anywhere}"
    "article{border-top:2px solid #1a1a1a;padding:.5rem 0;break-inside:avoid}"
    "h2{margin:.25rem 0}.badge{border:2px solid #1a1a1a;padding:0 .4rem;font-weight:700}"
    ".small{font-size:.9rem;color:#444}img{max-width:10rem;height:auto}a{color:#003c8f}"
    "li{margin:.25rem 0}@media print{body{max-width:none;padding:0}a{color:inherit}}"
)
# The script of most letters says more than a guess at the language would.
_SCRIPTS = {
    Script.CYRILLIC: "und-Cyrl",
    Script.LATIN: "und-Latn",
    Script.PERSIAN: "und-Arab",
}


def write(people: Iterable[OutgoingPerson], out: BinaryIO, occasion: Occasion) -> None:
    """Write the list, person by person; their number comes last.

    Raises:
        NotForTheseReaders: the export is not for everybody.
    """
    for_everybody(occasion, str(_LABEL))
    count = 0
    with override(occasion.lang):
        _put(out, _head(occasion))
        for person in people:
            if person.gone_since is not None:
                _put(out, _gone(person.id, person.gone_since))
                continue
            count += 1
            _put(out, _person(person))
        _put(out, _foot(count))


def _put(out: BinaryIO, text: str) -> None:
    out.write(text.encode("utf-8", "replace"))


def _head(occasion: Occasion) -> SafeString:
    title = say("People we look for, and what is said of them")
    return format_html(
        '<!DOCTYPE html>\n<html lang="{}"><head><meta charset="utf-8"><title>{}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; img-src data:\">"
        '<meta name="referrer" content="no-referrer"><style>{}</style></head>\n'
        "<body><main><h1>{}</h1><p>{}</p><p>{}</p>\n",
        occasion.lang,
        title,
        mark_safe(_STYLE),  # noqa: S308 - the constant above
        title,
        say("Written on %(day)s.") % {"day": occasion.now.strftime("%d.%m.%Y, %H:%M UTC")},
        say(
            "Each line is what its speaker says. Nobody is guilty before a court has said so. "
            "Whoever is not in this list may be held all the same."
        ),
    )


def _foot(count: int) -> SafeString:
    """Return the end; of very few people the number is not told."""
    total = say("Number of people in this list: %(count)s") % {
        "count": count if count >= SMALL else say("fewer than %(least)d") % {"least": SMALL}
    }
    return format_html('<p class="small">{}</p></main></body></html>\n', total)


def _person(person: OutgoingPerson) -> SafeString:
    sign = sign_of(person.custody.state, person.custody.removal)
    told = () if "story" in person.withheld else _tellable(person)
    papers = {one.id: one for one in person.documents}
    return format_html(
        '<article id="p-{}"><h2>{}</h2>{}{}<p><span class="badge"><span aria-hidden="true">{}'
        "</span> {}</span></p><ul>{}</ul>{}</article>\n",
        person.id,
        _name(person.name),
        _others(person),
        _photo(person),
        sign.shape,
        state_of(person),
        format_html_join("", "<li>{}</li>", ((_line(one, papers),) for one in told)),
        _newest(person),
    )


def _gone(number: str, day: date) -> SafeString:
    told = say("A record stood here until %(day)s.") % {"day": day.strftime("%d.%m.%Y")}
    return format_html('<article id="p-{}"><p>{}</p></article>\n', number, told)


def _tellable(person: OutgoingPerson) -> Iterator[OutgoingStatement]:
    """Yield what may stand beside a name: no sighting with its time that nobody has confirmed."""
    for one in person.statements:
        sighting = one.property in (CUSTODY, "detained_at", "last_place", "last_seen")
        if not (sighting and person.names and one.about and not confirmed(one)):
            yield one


def _name(text: str) -> SafeString:
    script = _SCRIPTS.get(script_of(text), "und")
    way = "rtl" if script == "und-Arab" else "auto"
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', script, way, plain(text))


def _said(text: str, lang: str = "") -> SafeString:
    """Return words of others, kept apart from ours in both directions."""
    tongue = lang if lang.replace("-", "").isalnum() and lang.isascii() else "und"
    return format_html('<bdi lang="{}" dir="auto">{}</bdi>', tongue, plain(text))


def _others(person: OutgoingPerson) -> SafeString:
    names = [(_name(one.text),) for one in person.names[1:] if one.text.strip()]
    if not names:
        return SafeString("")
    return format_html(
        '<p class="small">{}: {}</p>', say("Other spellings"), format_html_join(" · ", "{}", names)
    )


def _photo(person: OutgoingPerson) -> SafeString:
    if person.photo is None or "photo" in person.withheld:
        return SafeString("")
    kind = "png" if person.photo.startswith(b"\x89PNG") else "jpeg"
    return format_html(
        '<img src="data:image/{};base64,{}" alt="{}">',
        kind,
        b64encode(person.photo).decode(),
        say("Photo of %(name)s") % {"name": plain(person.name)},
    )


def _line(one: OutgoingStatement, papers: dict[str, OutgoingDocument]) -> SafeString:
    when = f" ({one.about})" if one.about else ""
    lang = "" if one.property == CUSTODY else one.lang
    mark = format_html(" <em>{}</em>", say("disputed")) if one.disputed else SafeString("")
    return format_html(
        '{}: {}{}{}. <span class="small">{}: {}{}{}</span>',
        label(one),
        _said(words(one), lang),
        plain(when),
        mark,
        say("says"),
        _said(said_by(one)),
        plain(f", {one.said_on}" if one.said_on else ""),
        _paper(papers.get(one.document)),
    )


def _paper(document: OutgoingDocument | None) -> SafeString:
    if document is None:
        return SafeString("")
    title = _said(f"{document.carrier}: {document.title}".strip(": "), document.lang)
    if not document.address.startswith(("https://", "http://")):
        return format_html("; {}", title)
    address = escape(plain(document.address))
    return format_html('; <a href="{}" rel="noreferrer nofollow">{}</a>', address, title)


def _newest(person: OutgoingPerson) -> SafeString:
    at = newest(person)
    if at is None:
        return SafeString("")
    told = say("Newest statement written down on %(day)s.") % {"day": at.strftime("%d.%m.%Y")}
    return format_html('<p class="small">{}</p>', told)


FORMAT = Format(
    key="public-list",
    label=_LABEL,
    uses=frozenset({"name", "story"}),
    extension="html",
    media_type="text/html",
    write=write,
    placeholders=True,
)
