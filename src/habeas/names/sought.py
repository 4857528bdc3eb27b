"""The person who is sought: every spelling that is known, and the facts that go with the name."""

from dataclasses import dataclass

from habeas.errors import NothingToCompare

SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Sought:
    """A sought person.

    Attributes:
        spellings: the names known, as written, in any script; at least one.
        id: the name of the person in the caller's own list.
        birth_year: year of birth, if known.
    """

    spellings: tuple[str, ...]
    id: str = ""
    birth_year: int | None = None

    @classmethod
    def from_query(cls, query: str, *, id: str = "", birth_year: int | None = None) -> "Sought":  # noqa: A002
        """Return the sought person of a query: one or more names separated by " | ".

        Raises:
            NothingToCompare: the query holds no name.
        """
        names = tuple(name.strip() for name in query.split(SEPARATOR) if name.strip())
        if not names:
            raise NothingToCompare(query)
        return cls(names, id, birth_year)
