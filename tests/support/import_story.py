"""Files that are imported in tests, and short ways through an import. Invented people."""

import io
import zipfile
from collections.abc import Callable

from case_story import BY, NOW
from openpyxl import Workbook

from habeas.cases.importing import applying, deciding, staging
from habeas.cases.importing.counted import counted
from habeas.cases.importing.models import Import, Row
from habeas.cases.statements.recording import Hand

HAND = Hand(BY, NOW)
LIST = (
    "ФИО;Дата рождения;Где содержится;Любимый цвет\n"
    "Выдумов Небыл Вымышленович;12.05.1984;ОВД Мельничный;синий\n"
    "Небылова Вымышлена;весной 1990;;\n"
    "Небылова Вымышлена Хаёловна;03.1990;ОВД Мостовой;\n"
)
PFIF = """<?xml version="1.0" encoding="utf-8"?>
<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/{version}">
<pfif:person><pfif:person_record_id>x.invalid/1</pfif:person_record_id>
<pfif:source_date>2026-11-01T10:00:00Z</pfif:source_date>
<pfif:author_name>Выдумова Мать</pfif:author_name>
<pfif:{first}>Небыл</pfif:{first}><pfif:{last}>Выдумов</pfif:{last}>
<pfif:{other}>синяя куртка</pfif:{other}>
<pfif:note><pfif:note_record_id>x.invalid/n1</pfif:note_record_id>
<pfif:author_name>Сосед Выдумка</pfif:author_name>
<pfif:source_date>2026-11-02T10:00:00Z</pfif:source_date><pfif:text>видел у моста</pfif:text>
<pfif:last_known_location>мост</pfif:last_known_location></pfif:note></pfif:person>
<pfif:person><pfif:person_record_id>x.invalid/2</pfif:person_record_id>
<pfif:source_date>2026-11-01T10:00:00Z</pfif:source_date>
<pfif:entry_date>2026-11-01T10:00:00Z</pfif:entry_date>
<pfif:expiry_date>2026-11-02T10:00:00Z</pfif:expiry_date></pfif:person>
<pfif:person><pfif:person_record_id>x.invalid/3</pfif:person_record_id>
<pfif:full_name>Забытов Небыл</pfif:full_name>
<pfif:expiry_date>2026-11-02T10:00:00Z</pfif:expiry_date></pfif:person></pfif:pfif>"""


def staged(content: bytes | str, name: str = "list.csv", **more: object) -> Import:
    """Return an import of a file."""
    sent = content.encode() if isinstance(content, str) else content
    return staging.stage(
        staging.Sent(sent, name, "Центр Выдумки", "monitor", **more),  # type: ignore[arg-type]
        HAND,
    ).imported


def taken(imported: Import, *groups: str) -> Import:
    """Decide groups and take the rows over."""
    for group in groups:
        deciding.decide_group(imported, group, HAND)
    assert applying.apply(imported, HAND) == 0
    return imported


def row(imported: Import, number: int) -> Row:
    return imported.rows.get(number=number)


def cells(imported: Import, number: int = 1) -> dict[str, str]:
    return {cell[0]: cell[1] for cell in row(imported, number).cells}


def told(imported: Import) -> set[str]:
    own = {odd[0] for odd in imported.remarks}
    return own | {odd[0] for one in imported.rows.all() for odd in one.told}


def adds_up(imported: Import) -> bool:
    now = counted(imported)
    results = now.imported + now.left_out + now.failed
    return now.read == results + now.decided + now.open == imported.rows.count()


def book(fill: Callable[[Workbook], None]) -> bytes:
    made = Workbook()
    fill(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def packed(*files: tuple[str, bytes], link: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
        if link:
            info = zipfile.ZipInfo(link)
            info.external_attr = 0o120777 << 16
            archive.writestr(info, "/etc/passwd")
    return buffer.getvalue()
