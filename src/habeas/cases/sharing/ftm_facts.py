"""A person as facts of FollowTheMoney: one value of one property of one entity, and who said it.

Entities and statement rows are two ways to write the same facts. Schemata and properties are those
of FollowTheMoney 4.11. What has no property there becomes a note in words, with its speaker.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from habeas.cases.sharing.lines import CUSTODY, label, line, plain, said_by, words
from habeas.cases.sharing.outgoing import OutgoingDocument, OutgoingPerson, OutgoingStatement
from habeas.cases.statements.when import NotATime, Part, parse

HEARINGS = frozenset({"decision_on", "sentenced_on", "hearing", "hearing_on"})
_EVENTS = HEARINGS | {CUSTODY, "detained_on", "removed_on", "announced_on"}
_COURT = HEARINGS | {
    "accusation",
    "charge_article",
    "court_article",
    "sentence",
    "further_sentence",
    "in_force_on",
    "appeal",
}
_BODIES = frozenset({"police", "court", "remand", "security", "colony", "foreigners", "arrest"})
_SCHEMATA = {
    "article": "Article",
    "post": "HyperText",
    "court_page": "HyperText",
    "official_page": "HyperText",
    "video": "Video",
}
# ISO 639-3, which FollowTheMoney takes, of the languages that statements are in (ISO 639-1).
_TONGUES = {
    "ru": "rus", "tg": "tgk", "uz": "uzb", "en": "eng", "fa": "fas", "ky": "kir", "kk": "kaz",
    "tk": "tuk", "tr": "tur", "be": "bel", "uk": "ukr", "pl": "pol", "de": "deu", "fr": "fra",
    "es": "spa", "ar": "ara", "ps": "pus",
}  # fmt: skip
# Characters that FollowTheMoney takes: of texts, of each of these, and of everything else.
_WORDS, _MOST_WORDS = frozenset({"notes", "summary", "description"}), 60_000
_MOST = {"name": 384, "alias": 384, "location": 250, "number": 64, "caseNumber": 64}
_MOST_LETTERS = 1000
SHARED = frozenset({"PublicBody", "LegalEntity", "Document", *_SCHEMATA.values()})
"""Schemata of what several people may share; written once."""
_THINGS = SHARED | {"Person", "Event", "CourtCase"}
_PASSPORT = re.compile(r"паспорт|passport|pasport|шиноснома", re.IGNORECASE)
_NUMBER = re.compile(r"[^\W\d_]{0,3}[\s№]{0,2}\d[\d\s\-/]{2,30}\d")
_ADDRESS = re.compile(r"https?://[a-z0-9.-]+\.[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one property.

    Attributes:
        said: the statement that it comes from; None for what is ours (a link, a title).
        original: the words as said, where `value` is in another form.
    """

    entity: str
    schema: str
    prop: str
    value: str
    lang: str = ""
    original: str = ""
    said: OutgoingStatement | None = None


def entity_id(*parts: str) -> str:
    """Return the id of an entity: the same for the same thing, and nothing can be read from it."""
    return "habeas-" + sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def tongue(lang: str) -> str:
    """Return a language as ISO 639-3; empty where it is none that we know."""
    return _TONGUES.get(lang.partition("-")[0], "")


def day_of(edtf: str) -> str:
    """Return a time as FollowTheMoney writes one ("2021-03"); empty where it cannot say it.

    An interval, "about" and "perhaps" have no place there: they stay in the words beside.
    """
    try:
        when = parse(edtf)
    except NotATime:
        return ""
    if when.interval or when.start is None or when.approximate:
        return ""
    return _prefix(when.start)


def _prefix(part: Part) -> str:
    lengths = {"year": 4, "month": 7, "day": 10}
    if part.grain in lengths:
        return part.first.isoformat()[: lengths[part.grain]]
    return part.first.isoformat() if part.grain in ("minute", "second") else ""


def _span(edtf: str) -> tuple[str, str]:
    """Return when something begins and ends; empty where it is open or not exact."""
    try:
        when = parse(edtf)
    except NotATime:
        return "", ""
    if not when.interval:
        return day_of(edtf), ""
    ends = ["" if part is None or part.mark else _prefix(part) for part in (when.start, when.end)]
    return ends[0], ends[1]


def facts_of(person: OutgoingPerson) -> Iterator[Fact]:
    """Yield every fact of a person, entity by entity, none longer than FollowTheMoney takes."""
    for fact in _facts_of(person):
        yield from _fitting(fact)


def _fitting(fact: Fact) -> Iterator[Fact]:
    """Yield a fact as it is, or cut, with the whole in the words beside it."""
    if fact.prop in _WORDS:
        for start in range(0, len(fact.value), _MOST_WORDS):
            yield replace(fact, value=fact.value[start : start + _MOST_WORDS])
        return
    most = _MOST.get(fact.prop, _MOST_LETTERS)
    if len(fact.value) <= most:
        yield fact
        return
    yield replace(fact, value=fact.value[: most - 1] + "…", original=fact.value)
    beside = "notes" if fact.schema in _THINGS else "description"
    yield from _fitting(replace(fact, prop=beside, original=""))


def _facts_of(person: OutgoingPerson) -> Iterator[Fact]:
    me = entity_id("person", person.id)
    yield from _named(person, me)
    for one in person.statements:
        yield from _of_the_person(one, me)
    yield from _legal_case(person, me)
    papers = {one.id: entity_id("document", one.id) for one in person.documents}
    for document in person.documents:
        yield from _paper(document, papers[document.id])
    for one in person.statements:
        proof = papers.get(one.document, "")
        for write in (_event, _identification, _body, _advocate, _documentation):
            yield from write(one, me, proof)


def _named(person: OutgoingPerson, me: str) -> Iterator[Fact]:
    if not person.names:
        yield Fact(me, "Person", "name", person.id)
    for name in person.names:
        text = plain(name.text).strip()
        prop = "alias" if name.kind == "known_as" else "name"
        if text:
            yield Fact(me, "Person", prop, text)
    if person.names and not any(plain(name.text).strip() for name in person.names):
        yield Fact(me, "Person", "name", person.id)
    if person.birth_year:
        yield Fact(me, "Person", "birthDate", str(person.birth_year))


def _of_the_person(one: OutgoingStatement, me: str) -> Iterator[Fact]:
    if one.property == "born" and (day := day_of(one.value)):
        yield Fact(me, "Person", "birthDate", day, original=plain(one.as_said), said=one)
    elif one.property == "birth_place" and words(one).strip():
        yield Fact(me, "Person", "birthPlace", words(one), tongue(one.lang), said=one)
    elif one.property in ("known_as", "passport_name") and words(one).strip():
        prop = "alias" if one.property == "known_as" else "name"
        yield Fact(me, "Person", prop, words(one).strip(), said=one)
    else:
        yield Fact(me, "Person", "notes", line(one), tongue(one.lang), words(one), one)


def _legal_case(person: OutgoingPerson, me: str) -> Iterator[Fact]:
    rows = person.of(*_COURT)
    if not rows:
        return
    case, party = entity_id("case", person.id), entity_id("party", person.id)
    yield Fact(case, "CourtCase", "name", f"{plain(person.name) or person.id}: §")
    for one in rows:
        prop = {"charge_article": "category", "court_article": "category"}.get(one.property)
        prop = prop or {"sentence": "status", "further_sentence": "status"}.get(one.property)
        value = words(one) if prop == "category" else line(one)
        yield Fact(case, "CourtCase", prop or "notes", value, tongue(one.lang), words(one), one)
        if number := plain(one.details.get("case_number", "")).strip():
            yield Fact(case, "CourtCase", "caseNumber", number, said=one)
    yield Fact(party, "CourtCaseParty", "party", me)
    yield Fact(party, "CourtCaseParty", "case", case)
    for one in rows:
        if one.property == "accusation":
            yield Fact(party, "CourtCaseParty", "role", label(one), said=one)
            yield Fact(party, "CourtCaseParty", "summary", line(one), said=one)


def _paper(document: OutgoingDocument, this: str) -> Iterator[Fact]:
    schema = _SCHEMATA.get(document.kind, "Document")
    lang = tongue(document.lang)
    told = (
        ("fileName", document.id),
        ("title", document.title),
        ("publisher", document.carrier),
        ("sourceUrl", _link(document.address)),
        ("notes", document.archive),
        ("publishedAt", day_of(document.published)),
        ("language", lang),
    )
    for prop, value in told:
        if plain(value).strip():
            yield Fact(this, schema, prop, plain(value).strip(), lang if prop == "title" else "")
    for digest in document.sha256:
        # FollowTheMoney's own checksum is SHA-1 and scrubbed on upload; ours is said in words.
        yield Fact(this, schema, "notes", f"SHA-256 {digest}")


def _link(address: str) -> str:
    found = _ADDRESS.fullmatch(address.strip())
    return found.group() if found and len(found.group()) < 2000 else ""


def _event(one: OutgoingStatement, me: str, proof: str) -> Iterator[Fact]:
    if one.property not in _EVENTS:
        return
    this = entity_id("event", one.id)
    start, end = _span(one.about or (one.value if one.property != CUSTODY else ""))
    told = (
        ("name", (words(one).strip() if one.property == CUSTODY else "") or label(one)),
        ("involved", me),
        ("startDate", start),
        ("endDate", end),
        ("location", plain(one.details.get("place", ""))),
        ("summary", line(one)),
        ("publisher", said_by(one)),
        ("proof", proof),
    )
    yield from _filled(this, "Event", told, one)


def _identification(one: OutgoingStatement, me: str, proof: str) -> Iterator[Fact]:
    if one.property != "identifier" or not words(one).strip():
        return
    found = _NUMBER.search(words(one))
    schema = "Passport" if _PASSPORT.search(words(one)) else "Identification"
    told = (
        ("holder", me),
        ("number", " ".join((found.group() if found else words(one)).split())),
        ("summary", line(one)),
        ("publisher", said_by(one)),
        ("proof", proof),
    )
    yield from _filled(entity_id("paper", one.id), schema, told, one)


def _body(one: OutgoingStatement, me: str, proof: str) -> Iterator[Fact]:
    """Yield the office where somebody is held or who took them, and a link that says who says so.

    There is no schema of custody: an `UnknownLink` with its role in words claims nothing more.
    """
    place = one.details.get("place", "") if one.property == CUSTODY else ""
    name = plain(place if one.details.get("place_type") in _BODIES else "").strip()
    if one.property == "taken_by":
        name = words(one).strip()
    if not name:
        return
    body = entity_id("body", name)
    start, end = _span(one.about)
    yield Fact(body, "PublicBody", "name", name)
    told = (
        ("subject", me),
        ("object", body),
        ("role", label(one)),
        ("startDate", start),
        ("endDate", end),
        ("summary", line(one)),
        ("publisher", said_by(one)),
        ("proof", proof),
    )
    yield from _filled(entity_id("link", one.id), "UnknownLink", told, one)


def _advocate(one: OutgoingStatement, me: str, _proof: str) -> Iterator[Fact]:
    """Yield that a lawyer who speaks for a person represents them."""
    name = plain(one.speaker).strip()
    if one.role != "lawyer" or not name:
        return
    agent = entity_id("advocate", name)
    yield Fact(agent, "LegalEntity", "name", name)
    told = (("agent", agent), ("client", me), ("role", said_by(one)))
    yield from _filled(entity_id("representation", agent, me), "Representation", told, one)


def _documentation(one: OutgoingStatement, me: str, proof: str) -> Iterator[Fact]:
    if not proof:
        return
    told = (("document", proof), ("entity", me), ("role", label(one)), ("summary", line(one)))
    yield from _filled(entity_id("documentation", one.id), "Documentation", told, one)


def _filled(
    this: str, schema: str, told: tuple[tuple[str, str], ...], one: OutgoingStatement
) -> Iterator[Fact]:
    for prop, value in told:
        if value.strip():
            lang = tongue(one.lang) if prop in ("summary", "name") else ""
            yield Fact(this, schema, prop, value.strip(), lang, said=one)
