"""Cards of cases: labels and values, then tables of states, places, sittings and documents."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from habeas.language import _
from habeas.sources.catalog.ru_mosgorsud.courts import court_in
from habeas.sources.catalog.ru_mosgorsud.listing import Reading, cyrillic, split_address, state_of
from habeas.sources.catalog.ru_mosgorsud.parties import groups_of
from habeas.sources.contract import (
    Capacity,
    Capture,
    Fact,
    Mention,
    Obstacle,
    Outcome,
    Page,
    PageKind,
    Row,
)
from habeas.sources.pages import cut_short
from habeas.sources.roles import capacity_of
from habeas.sources.tables import Fields, LayoutChanged, Table, TableRow, folded, text_of

# Printed label (letters folded) → fact. Civil, КоАП and appeal cards of 2020-2026.
_LABELS = {
    "Уникальный идентификатор дела": "uid",
    "Дата поступления": "received",
    "Дата регистрации": "registered",
    "Категория дела": "category",
    "Статья": "article",
    "Дата рассмотрения дела": "decided",
    "Дата рассмотрения дела в первой инстанции": "first_instance_date",
    "Дата рассмотрения дела в апелляционной инстанции": "appeal_date",
    "Номер дела в суде вышестоящей инстанции": "higher_court_number",
    "Номер дела в суде нижестоящей инстанции": "lower_court_number",
    "Номер дела в суде первой инстанции": "lower_court_number",
    "Решение апелляции": "appeal_result",
    "Решение апелляционной инстанции": "appeal_result",
    "Решение кассации": "cassation_result",
    "Дата вступления решения в силу": "in_force",
    "Суд первой инстанции": "lower_court",
    "Результат рассмотрения": "result",
    "Основание решения суда": "grounds",
}
_NUMBERS = ("Номер дела ~ материала", "Номер дела", "Номер материала")
_JUDGES = ("Судья", "Судья-докладчик", "Председательствующий судья", "Судья первой инстанции")
_SITTING = {
    "Дата и время": "when",
    "Зал": "room",
    "Стадия": "stage",
    "Результат": "result",
    "Основание назначения судебного заседания": "basis",
    "Использовалось аудио/видео протоколирование": "recording",
    "Тип судебного заседания/слушания": "openness",
}
_CATEGORY = re.compile(r"(\d{1,4}) - ")
_NUMBER = re.compile(r"([^\s∼~()]+)?\s*(?:[∼~]\s*([^\s()]+))?\s*(?:\(([^()]+)\))?")
_UUID = re.compile(r"/details/([0-9a-f-]{36})")
# "Апелляционная жалоба (Переверзева О.Л.)": who filed a document stands in brackets at the end.
# "(ст. 39 ГПК, ст. 46 КАС)" stands there too; a person has an initial.
_APPLICANT = re.compile(r"\(([^()]*\b[^\W\d_a-zа-яё]\.[^()]*)\)$")


def card(capture: Capture, source: str) -> Page | None:
    """Read a card; None if the page has no frame of a card."""
    pairs = list(_pairs(capture))
    if not pairs:
        return None
    reading = Reading()
    facts: dict[str, Fact] = {}
    _read_fields(Fields(pairs), facts, reading)
    _read_tables(capture, facts, reading)
    _read_address(capture, facts)
    reading.check_letters()
    if cut_short(capture):
        reading.complain(Obstacle.INCOMPLETE, _("The page ends before its end."))
    if "uid" not in facts and "case_number" not in facts:
        reading.complain(Obstacle.LAYOUT_CHANGED, _("The card names neither a case nor its uid."))
    if not any(mention.capacity is not Capacity.OFFICIAL for mention in reading.mentions):
        reading.complain(Obstacle.WITHHELD, _("The card prints no party's name."))
    reason, sentence = reading.complaints[0] if reading.complaints else (None, "")
    return Page(
        source=source,
        kind=PageKind.CARD,
        outcome=Outcome.COULD_NOT_LOOK if reason else Outcome.FOUND,
        obstacle=reason,
        explanation=sentence,
        title=_title(capture),
        court=_court(capture),
        facts=facts,
        rows=(Row(1, facts, split_address(capture.url).path),),
        mentions=tuple(reading.mentions),
        withheld=reading.withheld,
        remarks=tuple(reading.remarks),
    )


def _pairs(capture: Capture) -> Iterator[tuple[str, LexborNode]]:
    """Yield label and value of each line; until 2023 a line was `div.row_card`."""
    for line in capture.tree.css("div.card-sud > div.row, div.row_card"):
        left, right = line.css_first("div.left"), line.css_first("div.right")
        if left is not None and right is not None:
            yield cyrillic(text_of(left).rstrip(": ")), right


def _read_fields(fields: Fields, facts: dict[str, Fact], reading: Reading) -> None:
    for read in (_read_lines, _read_states, _read_people):
        try:
            read(fields, facts, reading)
        except LayoutChanged as change:
            reading.complain(Obstacle.LAYOUT_CHANGED, str(change))
    try:
        fields.nothing_left()
    except LayoutChanged as change:
        reading.complain(Obstacle.LAYOUT_CHANGED, str(change))


def _read_lines(fields: Fields, facts: dict[str, Fact], _reading: Reading) -> None:
    for label in _NUMBERS:
        if (node := fields.take(label)) is not None:
            facts.update(_numbers(_value(node)))
    for label, key in _LABELS.items():
        if (node := fields.take(label)) is not None:
            facts[key] = _value(node)
    if match := _CATEGORY.match(str(facts.get("category", ""))):
        facts["category_code"] = int(match.group(1))


def _read_states(fields: Fields, facts: dict[str, Fact], _reading: Reading) -> None:
    if (node := fields.take("Текущее состояние")) is not None:
        facts.update(state_of(_value(node)))
    if (node := fields.take("Решение первой инстанции")) is not None:
        parts = state_of(_value(node))
        facts["first_instance_result"] = parts["state"]
        if "state_date" in parts:
            facts.setdefault("first_instance_date", parts["state_date"])


def _value(node: LexborNode) -> str:
    """Return the folded text of a value without the button that copies it."""
    holder = node.css_first("div.copy")
    if holder is None:
        return text_of(node)
    return folded(
        " ".join(child.text() for child in holder.iter(include_text=True) if child.tag != "i")
    )


def _numbers(printed: str) -> dict[str, Fact]:
    """Return "02-3651/2025 ∼ М-1120/2025 (М-9170/2024)" as numbers of case and material."""
    match = _NUMBER.fullmatch(printed)
    if match is None:
        return {"case_number": printed}
    case, material, former = match.groups()
    facts: dict[str, Fact] = {"case_number": case} if case else {}
    if material:
        facts["material_number"] = material
    if former:
        facts["former_material_number" if material else "former_number"] = folded(former)
    return facts


def _read_people(fields: Fields, facts: dict[str, Fact], reading: Reading) -> None:
    for label in _JUDGES:
        if (node := fields.take(label)) is not None and (name := _value(node)):
            facts.setdefault("judge", name)
            where = _("line {label} of the card").format(label=label)
            reading.mentions.append(Mention(name, label, Capacity.OFFICIAL, 1, where))
    node = fields.take("Стороны")
    if node is None:
        return
    groups, hidden = groups_of(node)
    reading.withheld += hidden
    facts["party"] = [party.facts for party in groups]
    where = _("line {label} of the card").format(label="Стороны")
    reading.mentions += [
        Mention(name, party.role, capacity_of(party.role, name), 1, where)
        for party in groups
        for name in party.names
    ]


def _read_tables(capture: Capture, facts: dict[str, Fact], reading: Reading) -> None:
    tables = capture.tree.css("div.case-detail table") or capture.tree.css(
        "ul.tablist__panels table"
    )
    for node in tables:
        broken: list[str] = []
        try:
            table = Table.of(node, ragged=True, broken=broken)
            _read_table(table, facts, reading)
        except LayoutChanged as change:
            broken.append(str(change))
        for message in broken:
            reading.complain(Obstacle.LAYOUT_CHANGED, message)


def _read_table(table: Table, facts: dict[str, Fact], reading: Reading) -> None:
    columns = table.columns
    if columns[:2] == ("Дата", "Состояние"):
        facts["state_history"] = [_state(row) for row in table.rows]
    elif columns[:2] == ("Дата", "Местонахождение"):
        facts["location_history"] = [_location(row) for row in table.rows]
    elif columns[0] == "Дата и время":
        facts["session"] = [_session(row) for row in table.rows]
    elif len(columns) == 3 and columns[1] == "Вид документа":
        _read_documents(table, facts, reading)
    else:
        message = _("There is a table that is not known: {columns}.")
        raise LayoutChanged(message.format(columns=", ".join(columns)))


def _state(row: TableRow) -> dict[str, Fact]:
    fact: dict[str, Fact] = {
        "date": row.take("Дата").text,
        "state": row.take("Состояние").text,
        "basis": row.take("Документ-основание").text,
    }
    row.nothing_left()
    return fact


def _location(row: TableRow) -> dict[str, Fact]:
    fact: dict[str, Fact] = {
        "date": row.take("Дата").text,
        "place": row.take("Местонахождение").text,
    }
    if comment := row.take("Комментарий").text:
        fact["comment"] = comment
    row.nothing_left()
    return fact


def _session(row: TableRow) -> dict[str, Fact]:
    fact: dict[str, Fact] = {}
    for column, key in _SITTING.items():
        if column in row.cells:
            fact[key] = "; ".join(row.take(column).lines)
    row.nothing_left()
    return fact


def _read_documents(table: Table, facts: dict[str, Fact], reading: Reading) -> None:
    """Count the documents and take who filed one: some people are named nowhere else."""
    files: list[Fact] = []
    withheld = 0
    for row in table.rows:
        cells = list(row.cells.values())
        text = cells[2].node
        withheld += text.css_first("a.jsProhibitedAct") is not None
        files += [
            href
            for link in text.css("a[href]")
            if (href := link.attributes.get("href") or "") not in {"", "#"}
        ]
        if match := _APPLICANT.search(cells[1].text):
            name = folded(match.group(1))
            where = _("row {row}, column {column}").format(row=row.number, column="Вид документа")
            role = cells[1].text[: match.start()].strip()
            reading.mentions.append(Mention(name, role, capacity_of("", name), 1, where))
    facts["documents"] = len(table.rows)
    facts["document_files"] = files
    facts["withheld_documents"] = withheld


def _read_address(capture: Capture, facts: dict[str, Fact]) -> None:
    form = capture.tree.css_first("#subscriptionForm")
    code = form.css_first("input[name=courtCode]") if form is not None else None
    if code is not None:
        facts["subscription_court_code"] = code.attributes.get("value") or ""
    case = form.css_first("input[name=caseId]") if form is not None else None
    match = _UUID.search(capture.url)
    uuid = match.group(1) if match else (case.attributes.get("value") or "" if case else "")
    if uuid:
        facts["card_uuid"] = uuid


def _title(capture: Capture) -> str:
    heading = capture.tree.css_first("h1")
    if heading is None:
        return ""
    return folded("".join(c.text() for c in heading.iter(include_text=True) if c.tag == "-text"))


def _court(capture: Capture) -> str:
    if named := court_in(split_address(capture.url).path):
        return named
    crumbs = capture.tree.css("ul.breadcrumb a[href]")
    return next((c for a in crumbs if (c := court_in(a.attributes.get("href") or ""))), "")
