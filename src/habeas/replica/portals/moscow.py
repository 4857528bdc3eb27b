"""mos-gorsud.ru: hearings of a day, КоАП lists and searches of a court, in UTF-8."""

from collections.abc import Sequence
from datetime import datetime

from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.faults import FaultKind
from habeas.replica.listing import Line, Listing, printed_names, spoilt, text
from habeas.replica.portals import moscow_cards
from habeas.replica.portals.moscow_frame import COURTS, cell, frame
from habeas.replica.script import Entry

SOURCE = "ru_mosgorsud"
HOSTS = ("mos-gorsud.ru", "www.mos-gorsud.ru")
PAGE_ROWS = 15
_LONGEST_RANGE = 366

_CASES = (
    "№ дела ~ материала", "Стороны", "Текущее состояние", "Судья", "Статья", "Категория дела",
    "Список дел",
)  # fmt: skip
_HEARINGS = (
    "№ дела ~ материала", "Стороны", "Судья", "Дата и время", "Зал", "Стадия дела", "Результат",
)  # fmt: skip
# What the visible cell shows before "раскрыть" (measured on saved pages: about 50 characters).
_SHOWN = 50
_CAPTCHA = """<!DOCTYPE html>
<html lang="ru"><head><meta charset="UTF-8"><title>Проверка</title></head><body>
<form id="checkbox-captcha-form" method="post"><h2>Подтвердите, что запросы отправляли вы</h2>
<input type="text" name="rep"><img src="/captcha.png"><button>Отправить</button></form>
</body></html>"""
_CHALLENGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title></title>
<script src="/__qrator/qauth_utm_v2d_v0000.js" async></script></head>
<body><noscript>Please enable JavaScript and cookies to continue.</noscript>
<script>document.cookie='qrator_jsr=v2.0.0-00; path=/';</script></body></html>"""
_WORKS = """<html><head><title>503 Service Temporarily Unavailable</title></head>
<body><div class="box"><p>В связи с проведением плановых работ портал временно недоступен.</p></div>
</body></html>"""


def answer(ask: Ask, stage: Stage) -> Reply | None:
    """Return the page of an address, None where the portal has none."""
    alias = _court_of(ask.path)
    if alias is None:
        return None
    if "/services/cases/" in ask.path and "/details/" in ask.path:
        return moscow_cards.card(ask, stage, alias)
    tail = ask.path.rsplit("/", 1)[-1]
    if tail == "hearing":
        return _listed(ask, stage, _hearings(ask, stage, alias))
    if tail == "search":
        return _listed(ask, stage, _found(ask, stage, alias))
    return None


def captcha(ask: Ask) -> Reply:
    """Return the page that asks to prove that one is human."""
    del ask
    return Reply(_CAPTCHA)


def challenge(ask: Ask) -> Reply:
    """Return the shield against robots that stands before the portal."""
    del ask
    return Reply(_CHALLENGE)


def maintenance(ask: Ask) -> Reply:
    """Return the announcement of works, at HTTP 200."""
    del ask
    return Reply(_WORKS)


def malformed(ask: Ask, stage: Stage) -> Reply:
    """Return what the portal says to a query it does not understand: "nothing found"."""
    return _page(ask, stage, Listing((), ()), "Поиск по судебным делам")


def _court_of(path: str) -> str | None:
    """Return the alias of an address, empty for all courts, None for an unknown one."""
    parts = path.split("/")
    if parts[1:2] == ["rs"]:
        return parts[2] if len(parts) > 2 and parts[2] in COURTS else None
    return "mgs" if parts[1:2] == ["mgs"] else ""


def _hearings(ask: Ask, stage: Stage, alias: str) -> list[Entry]:
    try:
        first, last = (
            datetime.strptime(ask.query.get(f"hearingRangeDate{end}", ""), "%d.%m.%Y").date()  # noqa: DTZ007 - a day of a court has no time zone
            for end in ("From", "To")
        )
    except ValueError:
        return []
    days = range(stage.script.day_of(first), stage.script.day_of(last) + 1)
    court = alias or None
    return [
        entry
        for day in days[:_LONGEST_RANGE]
        for entry in stage.script.visible(SOURCE, stage.day, court, day)
    ]


def _found(ask: Ask, stage: Stage, alias: str) -> list[Entry]:
    name = ask.query.get("participant", "")
    alias = alias or ask.query.get("courtAlias", "")
    entries = _of_court(stage, alias)
    if not name:
        return entries
    # The portal folds ё itself.
    wanted = _folded(name)
    return [
        entry for entry in entries if any(wanted in _folded(printed) for printed in entry.names)
    ]


def _folded(name: str) -> str:
    return name.casefold().replace("ё", "е")


def _of_court(stage: Stage, alias: str) -> list[Entry]:
    return list(stage.script.visible(SOURCE, stage.day, alias or None))


def _listed(ask: Ask, stage: Stage, entries: Sequence[Entry]) -> Reply:
    hearings = ask.path.endswith("hearing")
    printed = ask.query.get("page", "1")
    number = int(printed) if printed.isdigit() else 1
    shown = entries[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
    columns = _HEARINGS if hearings else _CASES
    pages = max(1, -(-len(entries) // PAGE_ROWS))
    lines = tuple(
        Line(entry, _cells(printed_names(entry, stage.faults), stage, hearings=hearings), at)
        for at, entry in enumerate(shown, 1)
    )
    following = ask.page_link("page", number + 1) if number < pages else ""
    listing = Listing(columns, lines, len(entries), following)
    listing = spoilt(listing, stage.faults)
    title = "Судебные заседания" if hearings else "Поиск по судебным делам"
    return _page(ask, stage, listing, title, (number, pages))


def _cells(entry: Entry, stage: Stage, *, hearings: bool) -> tuple[str, ...]:
    when = f"{stage.script.date_of(entry.day):%d.%m.%Y}"
    case = cell(_number_cell(entry))
    if hearings:
        plain = (entry.judge, f"{when} {entry.time}", entry.room, "Судебное заседание")
        return (
            case,
            _people_cell(entry, stage),
            *(cell(text(value)) for value in (*plain, entry.result)),
        )
    state = f"{entry.result}, {when}" if entry.result else f"Назначено судебное заседание, {when}"
    court = text(f"Дела об административных правонарушениях ({COURTS.get(entry.court, '')})")
    link = f'<a class="table-link" href="/rs/{entry.court}/services/cases/admin">{court}</a>'
    return (
        case,
        _people_cell(entry, stage),
        *(cell(text(value)) for value in (state, entry.judge, entry.article, "")),
        cell(link),
    )


def _number_cell(entry: Entry) -> str:
    former = f"\n (<nobr>{text(entry.former)}</nobr>)" if entry.former else ""
    return (
        '<div class="case-number"><div class="copy"><nobr>'
        f'<a target="_blank" class="table-link" href="{moscow_cards.link(entry)}">'
        f'{text(entry.number)}</a>\n</nobr><i class="copy__copy active"><div class="hint">'
        f"Скопировать в буфер обмена</div></i></div>{former}</div>"
    )


def _people_cell(entry: Entry, stage: Stage) -> str:
    kinds = {fault.kind for fault in stage.faults}
    whole = moscow_cards.people(entry)
    inner = f'<div class="row"><div class="left"></div><div class="right">{whole}</div></div>'
    shown = ", ".join(entry.names)
    cut = kinds & {FaultKind.TRUNCATED_CELL, FaultKind.TRUNCATED_LOST} or len(shown) > _SHOWN
    if not cut or not shown:
        return cell(inner)
    role = entry.people[0][0]
    visible = shown[: min(_SHOWN, len(shown) - 3)]
    short = (
        f'<div class="row"><div class="left"></div><div class="right">'
        f'<p class="table-bold-text">{text(role)}</p>{text(visible)}</div></div>... '
        '<a href="javascript:void(0)" data-action="expand">раскрыть</a>'
    )
    lost = FaultKind.TRUNCATED_LOST in kinds
    full = "" if lost else f' data-full-text="{text(inner)}"'
    return cell(short, f'{full} data-trimmed="true"')


def _page(
    ask: Ask, stage: Stage, listing: Listing, title: str, place: tuple[int, int] = (1, 1)
) -> Reply:
    court = COURTS.get(_court_of(ask.path) or "", "")
    search = f"{ask.path.rsplit('/', 1)[0]}/search"
    form = (
        f'<h1>{title}</h1>\n<form id="case-index-search-form" class="search-form" '
        f'action="{text(search)}" method="get"><input type="text" name="participant" value="">'
        '<button type="submit" class="button-primary">Найти</button></form>\n'
    )
    if not listing.lines:
        words = "По вашему запросу ничего не найдено"
        empty = f'<div class="resultsearch_text">{words}</div>\n'
        body = f'{form}{empty}<div class="wrapper-search-tables">\n</div>'
        return Reply(frame(title, court, body, stage.day))
    heading = "".join(f"<th>{text(column)}</th>\n" for column in listing.columns)
    rows = "\n".join(
        f'<tr data-href="{moscow_cards.link(line.entry)}" class="linked-row">\n'
        + "\n".join(line.cells)
        + "\n</tr>"
        for line in listing.lines
    )
    body = (
        f'{form}<div class="resultsearch_text">По вашему запросу найдено записей: '
        f'{listing.counter}</div>\n<div class="wrapper-search-tables">\n'
        '<table class="search-form__table custom_table no-border">\n'
        f"<thead>\n<tr>\n{heading}</tr>\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n"
        f"{_pager(ask, listing, place)}"
    )
    return Reply(frame(title, court, body, stage.day))


def _pager(ask: Ask, listing: Listing, place: tuple[int, int]) -> str:
    number, pages = place
    if pages == 1 and not listing.following:
        return ""
    last = text(ask.page_link("page", pages))
    following = (
        f'<a class="next" href="{text(listing.following)}">вперед</a> '
        f'<a class="intheend" href="{last}">&raquo;</a>'
        if listing.following
        else ""
    )
    return (
        '<div class="pagenav"><form id="paginationForm" method="get"><label>Страница '
        f'<input type="text" id="paginationFormInput" name="page" value="{number}"></label> '
        f'из {pages}<input type="hidden" id="paginationFormMaxPages" value="{pages}">'
        f"{following}</form></div>"
    )
