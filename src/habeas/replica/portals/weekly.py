"""Courts of Tajikistan (*.sud.tj): announcements, and the lists of a week, over plain http."""

import re
from datetime import date, timedelta

from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.listing import Line, Listing, numbered, printed_names, spoilt, text
from habeas.replica.script import Entry

SOURCE = "tj_sud"
HOSTS = (".sud.tj",)
PAGE_ROWS = 5
_COLUMNS = (
    "№", "Ному насаби тарафҳо", "Моддаи КҶ ҶТ / мазмуни даъво", "Судя", "Сана ва соати мурофиа",
    "Толор",
)  # fmt: skip
_SECTIONS = {
    "criminal": "ПАРВАНДАҲОИ ҶИНОЯТӢ",
    "civil": "ПАРВАНДАҲОИ МАДАНӢ",
    "administrative": "ПАРВАНДАҲОИ МАЪМУРӢ",
}
_POST = re.compile(r"/ruyhat/(\d{4})-(\d{2})-(\d{2})/")
_POSTS = re.compile(r"/category/press/elonho/(?:page/(\d{1,3})/)?")
_CHALLENGE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>Just a moment...</title></head>
<body><noscript>Enable JavaScript and cookies to continue</noscript>
<script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script></body></html>"""
_CAPTCHA = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Санҷиш</title></head><body>
<form method="post"><div class="h-captcha" data-sitekey="invented"></div></form></body></html>"""
_WORKS = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Суд</title></head>
<body><h1>Сомона муваққатан дастнорас аст</h1></body></html>"""


def answer(ask: Ask, stage: Stage) -> Reply | None:
    """Return the page of an address, None where the site has none."""
    if found := _POST.fullmatch(ask.path):
        try:
            return _week(ask, stage, date(*(int(part) for part in found.groups())))
        except ValueError:
            return None
    if found := _POSTS.fullmatch(ask.path):
        return _posts(ask, stage, int(found.group(1) or 1))
    return None


def captcha(ask: Ask) -> Reply:
    """Return a page that asks to prove that one is human."""
    del ask
    return Reply(_CAPTCHA)


def challenge(ask: Ask) -> Reply:
    """Return a shield against robots."""
    del ask
    return Reply(_CHALLENGE)


def maintenance(ask: Ask) -> Reply:
    """Return "temporarily not reachable", at HTTP 200."""
    del ask
    return Reply(_WORKS)


def malformed(ask: Ask, stage: Stage) -> Reply:
    """Return what the engine shows for a page it does not find."""
    empty = '<article class="post"><h2 class="page-title">Ҳеҷ чиз ёфт нашуд</h2></article>'
    return _framed(ask, "Эълонҳо", empty, stage.day)


def _court(ask: Ask) -> str:
    return ask.host.partition(".")[0]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(ask: Ask, stage: Stage) -> list[date]:
    """Return the Mondays of the weeks for which there is a list, newest first.

    A list stays: a week that has lost its last entry still has its post.
    """
    entries = [
        one.entry
        for one in stage.script.planned
        if one.entry.source == SOURCE
        and one.entry.court == _court(ask)
        and one.happenings[0].day <= stage.day
    ]
    mondays = {_monday(stage.script.date_of(entry.day)) for entry in entries}
    return sorted(mondays, reverse=True)


def _title(monday: date) -> str:
    friday = monday + timedelta(days=4)
    return (
        f"РӮЙХАТИ ПАРВАНДАҲОИ ДАР ДАВОМИ ҲАФТА АЗ {monday:%d.%m.%Y} СОЛ ТО {friday:%d.%m.%Y} "
        "СОЛ ТАЪИН КАРДАШУДА"
    )


def _posts(ask: Ask, stage: Stage, number: int) -> Reply:
    weeks = _weeks(ask, stage)
    shown = weeks[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
    more = len(weeks) > number * PAGE_ROWS
    following = f"{ask.origin}/category/press/elonho/page/{number + 1}/" if more else ""
    posts = [
        f'<article class="post"><h2 class="entry-title"><a href="{ask.origin}/ruyhat/{week}/">'
        f"{_title(week)}</a></h2></article>"
        for week in shown
    ]
    posts.append(
        f'<article class="post"><h2 class="entry-title"><a href="{ask.origin}/vohuri/">'
        "Вохӯрӣ бо ҷавонон</a></h2></article>"
    )
    # Only the way on can be spoilt here; the rows are in the posts.
    following = spoilt(Listing((), (), 0, following), stage.faults).following
    if following:
        posts.append(
            f'<nav class="navigation"><div class="nav-previous"><a href="{text(following)}">'
            "Навиштаҳои пешина</a></div></nav>"
        )
    return _framed(ask, "Эълонҳо", "\n".join(posts), stage.day)


def _week(ask: Ask, stage: Stage, monday: date) -> Reply | None:
    if monday not in _weeks(ask, stage):
        return None
    entries = [
        printed_names(entry, stage.faults)
        for entry in stage.script.visible(SOURCE, stage.day, _court(ask))
        if _monday(stage.script.date_of(entry.day)) == monday
    ]
    sections = [
        (heading, [entry for entry in entries if entry.section == name])
        for name, heading in _SECTIONS.items()
    ]
    lines = tuple(
        Line(entry, _cells(entry, number, stage), number, heading)
        for heading, number, entry in numbered(sections)
    )
    listing = spoilt(Listing(_COLUMNS, lines, len(lines)), stage.faults)
    return _framed(ask, _title(monday), _post(listing, monday), stage.day)


def _cells(entry: Entry, number: int, stage: Stage) -> tuple[str, ...]:
    if any(role for role, _name in entry.people):
        people = "<br>".join(f"{text(role)}: {text(name)}" for role, name in entry.people)
    else:
        people = text(", ".join(entry.names))
    when = f"{stage.script.date_of(entry.day):%d.%m.%Y}<br>соати {entry.time}"
    return (str(number), people, text(entry.article), text(entry.judge), when, text(entry.room))


def _post(listing: Listing, monday: date) -> str:
    heading = "".join(f"<td><p><b>{text(one)}</b></p></td>" for one in listing.columns)
    rows, section = [f"<tr>{heading}</tr>"], ""
    for line in listing.lines:
        if line.section != section:
            section = line.section
            rows.append(f'<tr><td colspan="6"><p><b>{section}</b></p></td></tr>')
        rows.append("<tr>" + "".join(f"<td><p>{one}</p></td>" for one in line.cells) + "</tr>")
    title, published = _title(monday), monday - timedelta(days=3)
    newline = "\n"
    return (
        '<article class="post"><header class="entry-header"><h1 class="entry-title">'
        f'{title}</h1>\n<div class="entry-meta"><time class="entry-date published" '
        f'datetime="{published}">{published:%d.%m.%Y}</time></div></header>\n'
        f'<div class="entry-content"><p><strong>{title}</strong></p>'
        f'<figure class="wp-block-table"><table border="1"><tbody>\n{newline.join(rows)}\n'
        "</tbody></table></figure></div></article>"
    )


def _framed(ask: Ask, title: str, content: str, day: int) -> Reply:
    court = f"Суди ноҳияи {_court(ask)} (офарида)"
    return Reply(f"""<!DOCTYPE html>
<html lang="tg"><head><meta charset="UTF-8"><title>{title} &#8211; {court}</title>
<link rel="https://api.w.org/" href="{ask.origin}/wp-json/"></head>
<body class="single-post"><header class="site-header"><p class="site-title">
<a href="{ask.origin}/">{court}</a></p></header>
<main id="primary">{content}</main>
<footer class="site-footer">© {court}</footer></body></html>
<!-- replica of habeas, day {day}: the court, every person, judge and number is invented -->
""")
