"""Template filters for what is said: times in words, speakers, labels of closed lists."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as say
from django.utils.translation import ngettext as say_n

from habeas.cases import features
from habeas.cases.statements import naming, when, words
from habeas.cases.statements.coded import in_words as in_words_of
from habeas.cases.statements.models import Statement, Subject
from habeas.cases.statements.properties import TIME, known
from habeas.cases.statements.when import Part, When
from habeas.terminal import safe_line
from habeas.watch.models import Spelling
from habeas.watch.pages.shown import name

register = template.Library()

_RECEIVED = "received statements"

_LISTS = {
    "role": words.ROLES,
    "certainty": words.CERTAINTIES,
    "circle": words.CIRCLES,
    "document": words.DOCUMENTS,
    "kind": words.KINDS,
}


@register.filter
def word(code: str, of: str) -> Promise | str:
    """Return the words for a term of a closed list, the term itself where it is unknown."""
    return _LISTS[of].get(code, code)


@register.filter
def metric(key: str) -> str:
    """Return what a reach count counts."""
    return {"views": say("views"), "shares": say("shares"), "comments": say("comments")}.get(
        key, key
    )


@register.filter
def label(key: str) -> Promise | str:
    """Return the label of a property."""
    return known(key).label


@register.filter
def when_said(text: str, zone: str = "") -> SafeString | str:
    """Return an EDTF time in words: `25.03.2021 14:10`, `about 03.2021`, `before 25.03.2021`.

    The zone is printed beside a time of day, since Moscow and Dushanbe differ by two hours.
    """
    try:
        parsed = when.parse(text)
    except when.NotATime:
        return safe_line(text)
    clock = any("T" in part.text for part in (parsed.start, parsed.end) if part)
    beside = f" ({zone})" if zone and clock else ""
    return format_html('<time translate="no">{}</time>{}', in_words(parsed), beside)


def in_words(parsed: When) -> str:
    """Return a time in words of the page's language."""
    start, end = parsed.start, parsed.end
    if not parsed.interval and start is not None:
        return _one(start)
    if start is None and end is not None:
        return say("before %(time)s") % {"time": _one(end)}
    if end is None and start is not None:
        return say("since %(time)s") % {"time": _one(start)}
    assert start is not None
    assert end is not None
    return say("%(first)s to %(last)s") % {"first": _one(start), "last": _one(end)}


def _one(part: Part) -> str:
    text = _date(part)
    if part.mark == "~":
        return say("about %(time)s") % {"time": text}
    if part.mark:
        return say("%(time)s, not sure") % {"time": text}
    return text


def _date(part: Part) -> str:
    first = part.first
    if part.grain == "day":
        return f"{first:%d.%m.%Y}"
    if part.grain == "month":
        return f"{first:%m.%Y}"
    if part.grain in {"minute", "second"}:
        return f"{first:%d.%m.%Y %H:%M}"
    if part.grain == "season":
        seasons = {
            "21": say("spring %(year)s"),
            "22": say("summer %(year)s"),
            "23": say("autumn %(year)s"),
            "24": say("winter %(year)s"),
        }
        return seasons[part.text[-2:]] % {"year": f"{first:%Y}"}
    if part.grain == "year":
        return f"{first:%Y}"
    return f"{first:%Y}–{part.last.year - 1:04d}"


@register.filter
def value(statement: Statement) -> SafeString | str:
    """Return what a statement says: the words as said, or its value in words."""
    if not statement.as_said and known(statement.property).kind == TIME:
        return when_said(statement.value, statement.zone)
    return name(in_words_of(statement), statement.lang)


@register.filter
def plain_value(statement: Statement) -> SafeString | str:
    """Return the value in its one form, whatever the speaker's own words were."""
    if known(statement.property).kind == TIME:
        return when_said(statement.value, statement.zone)
    return name(statement.value)


@register.filter
def title(subject: Subject) -> SafeString:
    """Return what a subject is called: its title; a person by a spelling in the reader's script."""
    if subject.person is None:
        return name(subject.title)
    known_as = naming.spellings(subject)
    return name(known_as[0].text if known_as else subject.code)


@register.filter
def title_in(subject: Subject, spellings: Sequence[Spelling]) -> SafeString:
    """Return what a subject is called, with the first of the given spellings for a person."""
    if subject.person is None:
        return name(subject.title)
    return name(spellings[0].text if spellings else subject.code)


@register.filter
def age(moment: datetime | None, now: datetime) -> str:
    """Return how long ago something was, in one unit: `3 hours`, `12 days`."""
    if moment is None:
        return say("never")
    passed = max(now - moment, timedelta(0))
    if passed < timedelta(hours=1):
        n = int(passed.total_seconds() // 60)
        return say_n("%(n)d minute ago", "%(n)d minutes ago", n) % {"n": n}
    if passed < timedelta(days=2):
        n = int(passed.total_seconds() // 3600)
        return say_n("%(n)d hour ago", "%(n)d hours ago", n) % {"n": n}
    return say_n("%(n)d day ago", "%(n)d days ago", passed.days) % {"n": passed.days}


@register.simple_tag(takes_context=True)
def received(context: template.Context, one: Statement, *, whole: bool = False) -> str:
    """Return from whom else a statement came; asked once for each subject and page.

    Args:
        context: of the page.
        one: the statement.
        whole: with the key and the record of the sender.
    """
    # The lowest layer of a context is one for a page and everything that it includes.
    kept: dict[int, dict[int, tuple[str, str]]] = context.dicts[0].setdefault(_RECEIVED, {})
    if one.subject_id not in kept:
        kept[one.subject_id] = {
            statement: words
            for part in features.parts("origin")
            for statement, words in part.of_subject(one.subject_id).items()
        }
    return safe_line(kept[one.subject_id].get(one.pk, ("", ""))[whole])
