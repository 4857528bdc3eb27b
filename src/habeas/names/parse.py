"""A printed name taken apart for display: which word is which."""

from dataclasses import dataclass

from habeas.names.letters import Script
from habeas.names.lexicon import titles
from habeas.names.slots import Initial, NameUnit, read
from habeas.names.words import word


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name as printed, in its most natural reading.

    Attributes:
        text: as printed.
        script: the script of most of its words.
        tokens: its words in order, lower case, look-alike letters put right.
        surname: the word read as surname; empty if there is none.
        given: the word read as given name; empty if there is none or only an initial.
        father: the word read as father's name; empty if there is none or only an initial.
        initials: the initials, in order.
        particles: words that only join, such as угли and кызы.
        titles: words of rank or office.
    """

    text: str
    script: Script
    tokens: tuple[str, ...]
    surname: str
    given: str
    father: str
    initials: tuple[str, ...]
    particles: tuple[str, ...]
    titles: tuple[str, ...]


def parse(text: str) -> PrintedName:
    """Return a printed name taken apart.

    Raises:
        NameTooLong: more than 1000 characters.
        NothingToCompare: no word with a letter.
    """
    printed, readings = read(text)
    first = readings[0]
    scripts = [item.script for item in printed]
    return PrintedName(
        text,
        max(set(scripts), key=scripts.count),
        tuple(item.text for item in printed),
        first.surname.shown if first.surname else "",
        first.given.shown if isinstance(first.given, NameUnit) else "",
        first.father.shown if isinstance(first.father, NameUnit) else "",
        tuple(part.shown for part in (first.given, first.father) if isinstance(part, Initial)),
        tuple(item.text for item in printed if word(item.text, item.script).parent_word),
        tuple(item.text for item in printed if item.text in titles()),
    )
