"""The person who is sought: every spelling that is known, and the facts that go with the name."""

from dataclasses import dataclass

from habeas.errors import NothingToCompare
from habeas.names.facts import Facts

SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Sought:
    """A sought person.

    Attributes:
        spellings: the names known, as written, in any script; at least one.
        id: the name of the person in the caller's own list.
        birth_year: year of birth, if known.
        place: a place of birth or living, if known.
        citizenship: an ISO 3166-1 code or the name of a country, if known.
        gender: "m" or "f", if known.
        relatives: names of relatives, if known.
    """

    spellings: tuple[str, ...]
    id: str = ""
    birth_year: int | None = None
    place: str = ""
    citizenship: str = ""
    gender: str = ""
    relatives: tuple[str, ...] = ()

    @classmethod
    def from_query(
        cls,
        query: str,
        *,
        id: str = "",  # noqa: A002 - the caller's own word
        birth_year: int | None = None,
        facts: Facts | None = None,
    ) -> "Sought":
        """Return the sought person of a query: one or more names separated by " | ".

        `facts` is what is known beside the name; a `birth_year` given by itself goes first.

        Raises:
            NothingToCompare: the query holds no name.
        """
        names = tuple(name.strip() for name in query.split(SEPARATOR) if name.strip())
        if not names:
            raise NothingToCompare(query)
        own = facts or Facts()
        year = own.birth_year if birth_year is None else birth_year
        return cls(names, id, year, own.place, own.citizenship, own.gender, own.relatives)

    @property
    def facts(self) -> Facts:
        """What is known beside the name."""
        return Facts(self.birth_year, self.place, self.citizenship, self.gender, self.relatives)
