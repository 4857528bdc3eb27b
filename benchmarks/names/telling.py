"""Whether a careful reader could tell two people apart by what a query and a record show.

A negative pair counts only if some part that both sides show differs by more than a spelling, a
short form or the ending of a surname. The keys here are rough on purpose: where they see no
difference the pair is left out, for every tool alike.
"""

from functools import lru_cache

from benchmarks.names.forms import BARE, INITIALS, NO_FATHER
from benchmarks.names.people import Name, Person
from benchmarks.names.tables import PRODUCT_TABLES, rows
from rapidfuzz.distance import OSA

_GROUPED = str.maketrans(
    {
        **dict.fromkeys("бпвф", "п"), **dict.fromkeys("дт", "т"), **dict.fromkeys("гкхқғҳ", "к"),
        **dict.fromkeys("зсц", "с"), **dict.fromkeys("жшщчҷ", "ж"),
        **dict.fromkeys("аеёиоуыэюяйьъӣӯўәіөұү", ""),
    }
)  # fmt: skip
_INITIAL_CLASSES = ("еэёийюяы", "хгкч", "джчц", "сшщзц", "оау", "вуф", "тц", "пб")
_ENDINGS = ("зода", "ова", "ева", "ёва", "ина", "ская", "ский", "ов", "ев", "ёв", "ин")


@lru_cache(maxsize=1 << 16)
def rough(word: str) -> str:
    """Return the consonants of a word, those that are mixed up taken as one, none twice."""
    low = word.lower().replace("дж", "ж").replace("тс", "ц")
    for muhammad in ("мухаммад", "мухаммед", "магомед", "махмад"):
        low = low.replace(muhammad, "мамад")
    found = ""
    for letter in low.translate(_GROUPED):
        if not found.endswith(letter):
            found += letter
    # Vowels alone tell few names apart, but the first sound may.
    return ("" if not low or low[0] not in "аеёиоуыэюя" else "а") + found


@lru_cache(maxsize=1 << 16)
def rough_surname(word: str) -> str:
    """Return the rough key of a surname without its ending."""
    low = word.lower()
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            return rough(low[: -len(ending)])
    return rough(low)


@lru_cache(maxsize=1)
def _linked() -> frozenset[tuple[str, str]]:
    """Return pairs of table groups of which one is a short form of the other."""
    groups: dict[str, set[str]] = {}
    for row in rows(PRODUCT_TABLES / "given_names.tsv"):
        groups.setdefault(row["spelling"].lower(), set()).add(row["group"])
    found: set[tuple[str, str]] = set()
    for row in rows(PRODUCT_TABLES / "short_forms.tsv"):
        long = row["groups"].split(",")
        for short in groups.get(row["short"].lower(), ()):
            found.update((short, other) for other in long)
    return frozenset(found | {(b, a) for a, b in found})


def given_differs(one: Name, other: Name) -> bool:
    """Whether two given names are two names beyond doubt."""
    if one.table and (one.table == other.table or (one.table, other.table) in _linked()):
        return False
    if not (one.table and other.table) and OSA.distance(one.printed, other.printed) <= 1:
        # A name that no list holds, one letter from another: a reader would suspect an error.
        return False
    a, b = rough(one.printed), rough(other.printed)
    short, long = sorted((a.lstrip("а"), b.lstrip("а")), key=len)
    if a == b or (len(short) > 1 and short in long):
        return False
    short, long = sorted((one.printed.lower(), other.printed.lower()), key=len)
    return short not in long


def surname_differs(one: Name, other: Name) -> bool:
    """Whether two surnames are two surnames beyond doubt."""
    a, b = rough_surname(one.printed), rough_surname(other.printed)
    short, long = sorted((a, b), key=len)
    return not (a == b or (len(short) > 2 and short in long))


def initial_differs(one: Name, other: Name) -> bool:
    """Whether two names cannot be printed with the same initial."""
    a, b = one.printed[0].lower(), other.printed[0].lower()
    return a != b and not any(a in letters and b in letters for letters in _INITIAL_CLASSES)


def parts_shown(form: str) -> tuple[str, ...]:
    """Return the parts of a name that a record form shows."""
    return ("surname", "given") if form in NO_FATHER else ("surname", "given", "father")


def told_apart(known: frozenset[str], form: str, one: Person, other: Person) -> bool:
    """Whether a query about `one` that shows the parts `known` excludes a record of `other`.

    Args:
        known: of surname, given, father; also "loose" if its two words may be read in either order.
        form: the form of the record.
        one: the sought person.
        other: whom the record prints.
    """
    differs = initial_differs if form in INITIALS else given_differs
    if form == "short_given" and one.given.printed[:3] == other.given.printed[:3]:
        # Джура is short for Джурабек and for Джураназар alike.
        known = known - {"given"}
    told = (
        ("surname" in known and surname_differs(one.surname, other.surname))
        or ("given" in known and differs(one.given, other.given))
        or ("father" in known and form not in NO_FATHER and differs(one.father, other.father))
    )
    if told and ("loose" in known or form in BARE):
        return not _fits_in_some_order(known, form, one, other)
    return told


def _fits_in_some_order(known: frozenset[str], form: str, one: Person, other: Person) -> bool:
    """Whether the words of the query go with words of the record, whatever part they are."""
    mine = [part for part in ("surname", "given", "father") if part in known]
    left = list(parts_shown(form))
    for word in mine:
        fitting = next((part for part in left if _fits(form, (one, word), (other, part))), None)
        if fitting is None:
            return False
        left.remove(fitting)
    return True


def _fits(form: str, mine: tuple[Person, str], theirs: tuple[Person, str]) -> bool:
    word: Name = getattr(*mine)
    printed: Name = getattr(*theirs)
    if form in INITIALS and theirs[1] != "surname":
        return not initial_differs(word, printed)
    a, b = _loose_key(word), _loose_key(printed)
    return a in b or b in a


def _loose_key(name: Name) -> str:
    return rough_surname(name.printed)
