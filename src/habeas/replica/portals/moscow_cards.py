"""Cards of mos-gorsud.ru."""

from itertools import groupby

from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.listing import printed_names, text
from habeas.replica.portals.moscow_frame import COURTS, frame
from habeas.replica.script import Entry

_GONE = (
    '<h1>Ошибка 404</h1><div class="error-page"><p>Запрашиваемая страница не найдена. '
    "Возможно, она была удалена или перемещена.</p></div>"
)


def link(entry: Entry) -> str:
    """Return the address of a card, as a path."""
    path = "/mgs" if entry.court == "mgs" else f"/rs/{entry.court}"
    return f"{path}/services/cases/admin/details/{entry.uuid}"


def people(entry: Entry) -> str:
    """Return the people of an entry: roles in bold paragraphs, names after them."""
    return "".join(
        f'<p class="table-bold-text">{text(role)}</p>'
        f"{text(', '.join(name for _role, name in parties))}<br>"
        for role, parties in groupby(entry.people, key=lambda party: party[0])
    )


def card(ask: Ask, stage: Stage, alias: str) -> Reply:
    """Return the card of an address; one that is gone answers 404."""
    wanted = ask.path.rsplit("/", 1)[-1]
    for entry in stage.script.visible("ru_mosgorsud", stage.day, alias):
        if entry.uuid == wanted:
            return Reply(_page(printed_names(entry, stage.faults), stage))
    return Reply(frame("Ошибка 404", "", _GONE, stage.day), status=404)


def _page(entry: Entry, stage: Stage) -> str:
    day = f"{stage.script.date_of(entry.day):%d.%m.%Y}"
    published = f"{stage.script.date_of(entry.published or 0):%d.%m.%Y}"
    title = f"Информация по делу № {entry.number}"
    number = f"{entry.number} ({entry.former})" if entry.former else entry.number
    fields = [
        ("Уникальный идентификатор дела", text(entry.uid(stage.script.start.year))),
        ("Номер дела", text(number)),
        ("Дата поступления", published),
        ("Стороны", people(entry)),
        # The portal's own Latin C.
        ("Cудья", text(entry.judge)),
        ("Статья", text(entry.article)),
        ("Текущее состояние", text(f"{entry.result or 'Назначено судебное заседание'}, {day}")),
    ]
    lines = "\n".join(
        f'<div class="row"><div class="left"> {label}\n </div>'
        f'<div class="right"> {value}\n </div></div>'
        for label, value in fields
    )
    sitting = "".join(
        f"<td>{text(value)}</td>"
        for value in (f"{day} {entry.time}", entry.room, "Судебное заседание", entry.result)
    )
    heading = "".join(
        f"<th>{column}</th>" for column in ("Дата и время", "Зал", "Стадия", "Результат")
    )
    body = f"""<h1 class=" top-bar__print ">
 {text(title)}
</h1>
<div class="case-detail"><div class="detail-cart"><div class="card-sud">
{lines}
</div></div>
<div class="tablist white-mode"><ul class="tablist__panels"><li class="tablist__panel">
<h3>Судебные заседания и беседы</h3><table class="custom_table mainTable">
<thead><tr>{heading}</tr></thead>
<tbody><tr>{sitting}</tr></tbody></table></li></ul></div>
<div class="subscription"><form id="subscriptionForm">
<input type="hidden" name="caseId" value="{entry.uuid}">
<div class="smart-captcha" data-sitekey="none"></div></form></div></div>"""
    return frame(title, COURTS.get(entry.court, ""), body, stage.day)
