"""The rows of a page that an exhibit is about, as the paper tells them."""

from collections.abc import Iterator

from habeas.evidence.exhibit.facts import MarkedRow
from habeas.evidence.exhibit.parts import Part, Say, Value, code, items, subheading, text


def marked(sentence: str) -> str:
    """Return a sentence as it is; it is collected for translation here, and translated later."""
    return sentence


FACT_LABELS = {
    "role": marked("Role"),
    "case_number": marked("Case number"),
    "material_number": marked("Number of the material"),
    "article": marked("Article of law"),
    "articles": marked("Articles of law"),
    "category": marked("Category"),
    "state": marked("State"),
    "state_date": marked("Date of the state"),
    "judge": marked("Judge"),
    "date": marked("Date"),
    "time": marked("Time"),
    "room": marked("Room"),
    "result": marked("Result"),
    "list": marked("List"),
    "title": marked("Title"),
    "published": marked("Published"),
}
"""The facts of a row that the paper shows, by the names that adapters give them, in its order."""


def marked_row(row: MarkedRow, _: Say) -> Iterator[Part]:
    """Yield a row as printed, and where it stands."""
    yield subheading(_("The row that this is about"))
    lines: list[Value] = [
        f"{_(FACT_LABELS[label])}: {value}" if label in FACT_LABELS else value
        for label, value in row.lines
    ]
    if row.where:
        lines.append(row.where)
    yield {"kind": "row", "printed": row.printed, "lines": lines}
    if row.span is not None:
        yield text(
            _("In the bytes of the page, the name stands from byte {first} to byte {last}.").format(
                first=row.span[0], last=row.span[1] - 1
            )
        )
    if row.source:
        yield text(_("The source of the page at this place:"))
        yield code(row.source)
    if row.reasons:
        yield text(_("Why habeas suggests that this is the sought person (a guess, not a fact):"))
        yield items(row.reasons)
