"""Cards of the ГАС «Правосудие» sites, first layout: the case, its movement, its people."""

from collections.abc import Mapping

from habeas.replica.exchange import Stage
from habeas.replica.listing import printed_names, text
from habeas.replica.portals.sudrf_frame import Court, day_form
from habeas.replica.script import Entry

_DELO = {"administrative": "1500001", "civil": "1540005", "criminal": "1540006"}
_GONE = (
    "<div align='center' id='error'>Запрашиваемая информация не найдена. Возможно, она была "
    "удалена или перемещена.</div>"
)
_KINDS = {
    "administrative": "ДЕЛА ОБ АДМИНИСТРАТИВНЫХ ПРАВОНАРУШЕНИЯХ - ПЕРВАЯ ИНСТАНЦИЯ",
    "civil": "ГРАЖДАНСКИЕ И АДМИНИСТРАТИВНЫЕ ДЕЛА - ПЕРВАЯ ИНСТАНЦИЯ",
    "criminal": "УГОЛОВНЫЕ ДЕЛА - ПЕРВАЯ ИНСТАНЦИЯ",
}


def address(entry: Entry, *, second: bool = False) -> str:
    """Return the address of a card, as a path."""
    delo, server = _DELO[entry.section], entry.court.partition("#")[2] or "1"
    if second:
        return (
            f"/modules.php?name=sud_delo&name_op=case&_id={entry.serial}&_uid={entry.uuid}"
            f"&_deloId={delo}&_caseType=0&_new=0&srv_num={server}"
        )
    return (
        f"/modules.php?name=sud_delo&srv_num={server}&name_op=case&case_id={entry.serial}"
        f"&case_uid={entry.uuid}&delo_id={delo}"
    )


def link(entry: Entry, *, second: bool = False) -> str:
    """Return the number of a case as a link to its card."""
    printed = f"{entry.number} ({entry.former};)" if entry.former else entry.number
    return f'<a href="{text(address(entry, second=second))}">{text(printed)}</a>'


def card(query: Mapping[str, str], stage: Stage, court: Court) -> str:
    """Return what the case system prints for a card, or that it is gone."""
    wanted = query.get("case_uid") or query.get("_uid") or ""
    number = query.get("case_id") or query.get("_id") or ""
    for source in ("ru_sudrf", "ru_sudrf_cassation"):
        for entry in stage.script.visible(source, stage.day):
            here = entry.court.partition("#")[0] == court.host
            if here and (entry.uuid == wanted or str(entry.serial) == number):
                return _content(printed_names(entry, stage.faults), stage, court)
    return day_form("") + _GONE


def _content(entry: Entry, stage: Stage, court: Court) -> str:
    del court
    day = f"{stage.script.date_of(entry.day):%d.%m.%Y}"
    published = f"{stage.script.date_of(entry.published or 0):%d.%m.%Y}"
    tabs = "".join(
        f"<li id='tab{number}' class='nonsel'><a href='#'>&nbsp;{name}&nbsp;</a></li>"
        for number, name in enumerate(("ДЕЛО", "ДВИЖЕНИЕ ДЕЛА", "СТОРОНЫ ПО ДЕЛУ"), 1)
    )
    return f"""{day_form(day)}<div id='content'>
<div align='center' class='title'>
	{_KINDS[entry.section]}</div>
<div align="center" class=casenumber>
	ДЕЛО № {text(entry.number)}</div>
<ul class='tabs'>{tabs}</ul>
<div class="contentt"><noscript>Javascript отключен.</noscript>
<div id="cont1">{_case(entry, stage)}</div>
<div id='cont2'>{_movement(entry, day, published)}</div>
<div id='cont3'>{_people(entry)}</div>
</div>
<div class="outputArea publishInfo">опубликовано {published} 18:12</div>
</div>"""


def _case(entry: Entry, stage: Stage) -> str:
    uid = entry.uid(stage.script.start.year)
    labels = [
        ("Уникальный идентификатор дела", f"<u>{uid}</u>"),
        ("Номер по предыдущей регистрации", text(entry.former)),
        ("Судья", text(entry.judge)),
        ("Результат рассмотрения", text(entry.result)),
    ]
    rows = "".join(
        f"<tr><td><b>{label}</b></td><td>{value}</td></tr>" for label, value in labels if value
    )
    return f"<table id='tablcont'><tr><th colspan='2'>ДЕЛО</th></tr>{rows}</table>"


def _movement(entry: Entry, day: str, published: str) -> str:
    columns = ("Наименование события", "Дата", "Время", "Место проведения", "Результат события")
    heading = "".join(f"<td align='center'><b>{one}</b></td>" for one in columns)
    heading += "<td align='center'><b>Дата размещения</b>&nbsp;<span class='tooltipShow'><span>"
    heading += "Информация о размещении</span></span></td>"
    values = ("Рассмотрение дела по существу", day, entry.time, entry.room, entry.result, published)
    row = "".join(f"<td>{text(value)}</td>" for value in values)
    return (
        "<table id='tablcont'><tr><th colspan=10>ДВИЖЕНИЕ ДЕЛА</th></tr>"
        f"<tr>{heading}</tr><tr>{row}</tr></table>"
    )


def _people(entry: Entry) -> str:
    columns = ("Вид лица, участвующего в деле", "Фамилия / наименование", "Перечень статей")
    heading = "".join(f"<td align='center'><b>{one}</b></td>" for one in columns)
    rows = "".join(
        f"<tr><td>{text(role or 'Привлекаемое лицо')}</td><td>{text(name)}</td>"
        f"<td>{text(entry.article)}</td></tr>"
        for role, name in entry.people
    )
    return (
        "<table id='tablcont'><tr><th colspan=10>СТОРОНЫ ПО ДЕЛУ</th></tr>"
        f"<tr>{heading}</tr>{rows}</table>"
    )
