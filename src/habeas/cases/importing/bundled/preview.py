"""A row of a bundle as the pages of imports show rows: names, and what is said."""

from habeas.cases.importing.bundled import persons, records
from habeas.cases.importing.bundled.taking import birth_year_in, names_in
from habeas.cases.importing.claims import Spoken, Understood
from habeas.cases.importing.models import Row
from habeas.cases.importing.readers.rows import Cell
from habeas.cases.statements.recording import Claim


class Person(Understood):
    """A person of a bundle; their year of birth is said apart."""

    year: int | None = None

    @property
    def birth_year(self) -> int | None:
        """The year of birth that the sender wrote down."""
        return self.year


def understood(row: Row) -> Understood:
    """Return what a row of a bundle says."""
    read = Person(names=names_in(row))
    read.year = birth_year_in(row)
    for one in records.records_of(row.cells):
        if one.kind == persons.STATEMENT:
            told = one.told
            claim = Claim(
                told["property"], told["value"], as_said=told["as_said"], details=told["details"]
            )
            read.spoken.append(Spoken(claim, told["speaker"], told["said_on"], told["place"]))
        elif one.kind == persons.UNCLEAR:
            read.unclear.append(Cell(str(one.told["name"]), ""))
    return read
