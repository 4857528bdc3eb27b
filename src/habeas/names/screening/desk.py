"""The desk at which words are read: all that the compiled loops need and that has a fixed size."""

from functools import cache

from habeas.names.screening import alphabet, measures, rules
from habeas.names.screening.compiled import Array, Record, record
from habeas.names.screening.measures import LONGEST_RUN

MOST_WORDS = 1 << 20
"""Words that are kept; beyond, everything learnt from rows is forgotten."""
MOST_LETTERS = 12 * MOST_WORDS
MOST_NEAR = 1 << 25
FIRST_TABLE = 1 << 12
"""Places of the table of words that are used at first."""
MOST_RUNS, MOST_LINKS, MOST_KEYS = 192, 96, 1024
"""Of one word: runs of sounds, names that it may be, and keys of one of its runs."""
MOST_REMEMBERED = 1 << 19
"""Runs of words of texts that are remembered."""
TEXT = 4 * LONGEST_RUN

_EMPTY: dict[str, tuple[str, int | tuple[int, ...]]] = {
    # The words met so far, lower case, in the codes of `alphabet`, one after the other: where each
    # begins, and the last one ends; its script, what is known of it, and the initials under which
    # it may be printed, once its near names are known.
    "letters": ("u1", MOST_LETTERS),
    "starts": ("i4", MOST_WORDS + 1),
    "latin": ("u1", MOST_WORDS),
    "states": ("u1", MOST_WORDS),
    "initials_of": ("i4", MOST_WORDS),
    # Where the near words of each are: as surnames, given names, fathers' names, and as given names
    # that by themselves are enough to be reported; those words; and, of surnames, the initials of
    # the given names that people of that surname have, -1 if some show none.
    "near_starts": ("i4", (MOST_WORDS, 4)),
    "near_counts": ("i4", (MOST_WORDS, 4)),
    "near": ("i4", MOST_NEAR),
    "near_initials": ("i4", MOST_NEAR),
    # An open table of words, numbered from 1; number of words, of letters, of near words, and the
    # last place of the table in use.
    "table": ("i4", 4 * MOST_WORDS),
    "used": ("i8", 4),
    # The runs of sounds of one word; the names that it may be: place in `known`, 0 for the groups
    # as given name, 1 as father's name; number of runs (-1: too many) and of links.
    "runs": ("u1", (MOST_RUNS, LONGEST_RUN)),
    "run_sizes": ("i8", MOST_RUNS),
    "run_kinds": ("i8", MOST_RUNS),
    "run_hashes": ("u8", MOST_RUNS),
    "run_links": ("i8", (MOST_LINKS, 2)),
    "runs_used": ("i8", 2),
    # Memory to find them in: letters of the word, or of a half of it, and of a nominative; sounds;
    # rules that fit.
    "own": ("u1", TEXT),
    "nominative": ("u1", TEXT),
    "text": ("u1", TEXT),
    "other": ("u1", TEXT),
    "fits": ("i8", MOST_RUNS),
    # Memory for the keys of a run, and to measure with; how many keys lead to runs within CHEAP.
    "left": ("u1", LONGEST_RUN),
    "leaving": ("i4", LONGEST_RUN),
    "before": ("u8", LONGEST_RUN + 1),
    "after": ("u8", LONGEST_RUN + 1),
    "keys": ("u8", MOST_KEYS),
    "cheap_keys": ("i8", 1),
    "costs_of": ("i4", (3, LONGEST_RUN + 1)),
    # What is remembered of runs of words in texts: two hashes of each, what it names, how many.
    "run_memory": ("u8", (MOST_REMEMBERED, 2)),
    "run_values": ("i4", MOST_REMEMBERED),
    "remembered": ("i8", 1),
    # The row that is looked at: its number, first word, end, and count; initials of all names near
    # to its words.
    "row": ("i8", 1),
    "first": ("i8", 1),
    "end": ("i8", 1),
    "now": ("i8", 1),
    "initials_near": ("i8", 1),
}


@cache
def _tables() -> dict[str, Array]:
    """Return all tables, read once per process."""
    initials, beginnings = alphabet.initials()
    return {
        "characters": alphabet.characters(),
        "initials": initials,
        "beginnings": beginnings,
        "sounds": alphabet.sounds(),
        **rules.tables(),
        **measures.tables(),
    }


def desk() -> Record:
    """Return a desk with the tables and no words.

    Raises:
        TableRefused: a table holds what the loops cannot follow.
    """
    made = record(_tables(), _EMPTY)
    made["used"][3] = FIRST_TABLE - 1
    return made


def forget_words(made: Record) -> None:
    """Forget the words of a desk."""
    made["table"][: int(made["used"][3]) + 1] = 0
    made["used"][:] = 0, 0, 0, FIRST_TABLE - 1


def forget_runs(made: Record) -> None:
    """Forget what runs of words in texts name."""
    made["run_memory"][:] = 0
    made["remembered"][0] = 0
