"""Every run of sounds that a printed word may stand for, as surname, given or father's name.

Each run that `words.Word` finds for the word is among them, and few more. What is here decides only
which words are held against each other in earnest.
"""

import numpy as np

from habeas.names.screening import kinds
from habeas.names.screening.alphabet import HYPHEN, START
from habeas.names.screening.compiled import Array, Record, compiled, int64
from habeas.names.screening.desk import MOST_LINKS, MOST_RUNS
from habeas.names.screening.measures import LONGEST_RUN
from habeas.names.screening.rules import (
    ADJ,
    FATHER,
    FATHER_KNOWN,
    GIVEN_KNOWN,
    GOES_ON,
    MEN,
    MISTYPED,
    NOUN,
    OTHER_ENDING,
    OV,
    OV_ENDING,
    SEED,
    SPREAD,
    WIDTH,
    WOMEN,
)
from habeas.names.screening.sounding import cyrillic, hashed, is_vowel, latin, settled, slot_of

SURNAMES, NAMES, CONSONANTS = 1, 2, 4
"""What is wanted of a word; CONSONANTS are held against Persian script."""
LONGEST_WORD = 28
"""Letters of a word that is worked out here; longer ones are left to Python."""
LONGEST_END = 10
"""Letters of the longest printed end of a word that a case rule asks for, its start included."""
MOST_WAYS = 12
"""Ways to write out sounds of doubtful value, as in `lexicon.keys`."""
SHORTEST_DECLINED = 3
SHORTEST_MISTYPED = 7
SHORTEST_REST = 3
"""Sounds that are left of a name without an element, at least; as `pairs.SHORTEST_BASE`."""


@compiled
def spell(word: int, parts: int, desk: Record) -> int:
    """Find the runs of sounds of a word of the desk; return how many, -1 if there are too many.

    Args:
        word: its number; it has at most LONGEST_WORD letters.
        parts: what to find, as bits.
        desk: in and out.
    """
    desk.runs_used[:] = 0
    first, end = desk.starts[word], desk.starts[word + 1]
    start = first
    for place in range(first, end + 1):
        if place == end or desk.letters[place] == HYPHEN:
            if place - start > 1 and place - start < end - first:
                _part(start, place - start, desk.latin[word] != 0, parts, desk)
            start = place + 1
    _part(first, end - first, desk.latin[word] != 0, parts, desk)
    if parts & NAMES:
        _stripped(desk)
        _muhammad(desk)
    if parts & CONSONANTS:
        _consonants(desk)
    return desk.runs_used[0]


@compiled
def _part(start: int, size: int, is_latin: bool, parts: int, desk: Record) -> None:
    """Add the runs of a word, or of one half of it."""
    for place in range(size):
        desk.own[place] = desk.letters[start + place]
    if is_latin:
        _put(desk.text, 0, latin(size, 0, desk), kinds.PLAIN, desk)
        for style in range(desk.style_places.shape[0]):
            _whole(settled(desk.text, latin(size, style, desk)), parts, desk)
        return
    _put(desk.text, 0, cyrillic(desk.own, size, True, desk), kinds.PLAIN, desk)
    count = settled(desk.text, cyrillic(desk.own, size, False, desk))
    _whole(count, parts & NAMES, desk)
    _declined(size, parts, desk)


@compiled
def _whole(size: int, parts: int, desk: Record) -> None:
    """Add what the run in `desk.text` is as it stands."""
    if size and parts & SURNAMES:
        _surname(size, desk)
    if size and parts & NAMES:
        _given(size, desk)
        _patronymic(size, desk)


# --- cases -------------------------------------------------------------------------------------


@compiled
def _declined(size: int, parts: int, desk: Record) -> None:
    """Add the runs of every nominative that the Cyrillic word in `desk.own` may have."""
    count = _fitting(size, desk)
    met = 0
    for number in range(count):
        met |= desk.case_rules[desk.fits[number], 0]
    # As `words.Word` has it: Холов and Тихановский are no nouns, Шарофиддин and Долин may be.
    noun = _ends_in_n(size, desk) or not (met & OV or (met & ADJ and _has_sk(size, desk)))
    as_surname = (OV | ADJ | (NOUN if noun else 0)) if parts & SURNAMES else 0
    as_name = (NOUN | FATHER) if parts & NAMES else 0
    if parts & NAMES and size >= SHORTEST_MISTYPED:
        as_name |= MISTYPED
    for number in range(count):
        rule = desk.fits[number]
        paradigms = desk.case_rules[rule, 0]
        if paradigms & (as_surname | as_name):
            length = _nominative(size, rule, desk)
            if paradigms & as_name & NOUN:
                _given(length, desk)
            if paradigms & as_name & (FATHER | MISTYPED):
                _patronymic(length, desk)
            if paradigms & as_surname:
                _as_surname(length, paradigms & as_surname, desk.case_rules[rule, 3], desk)
    if parts & SURNAMES and not met & as_surname:
        _surname(settled(desk.text, cyrillic(desk.own, size, False, desk)), desk)


@compiled
def _as_surname(size: int, paradigms: int, bearers: int, desk: Record) -> None:
    """Add the surname of which `desk.text` is the masculine form, and a woman's."""
    if paradigms & (ADJ | NOUN) or bearers & MEN:
        _surname(size, desk)
    if paradigms & OV and bearers & WOMEN:
        desk.text[size] = 97
        _surname(size + 1, desk)


@compiled
def _fitting(size: int, desk: Record) -> int:
    """Write the case rules that fit the end of the word in `desk.own`; return how many."""
    count = 0
    key = SEED
    for length in range(1, min(size + 1, LONGEST_END) + 1 if size >= SHORTEST_DECLINED else 0):
        code = desk.own[size - length] if length <= size else START
        key = (key ^ np.uint64(code)) * SPREAD
        key ^= key >> np.uint64(29)
        slot = slot_of(desk.case_keys, key)
        if slot >= 0:
            for rule in range(desk.case_places[slot, 0], desk.case_places[slot, 1]):
                if desk.case_rules[rule, 1] < size and count < MOST_RUNS:
                    desk.fits[count] = rule
                    count += 1
    return count


@compiled
def _nominative(size: int, rule: int, desk: Record) -> int:
    """Write the settled sounds of a nominative into `desk.text`; return how many."""
    stem, end = size - desk.case_rules[rule, 1], desk.case_rules[rule, 2]
    for place in range(stem):
        desk.nominative[place] = desk.own[place]
    extra = desk.case_ends[end, 0]
    for place in range(extra):
        desk.nominative[stem + place] = desk.case_ends[end, 1 + place]
    return settled(desk.text, cyrillic(desk.nominative, stem + extra, False, desk))


@compiled
def _ends_in_n(size: int, desk: Record) -> bool:
    """Whether the word in `desk.own` ends in ин or ын."""
    return size > 1 and desk.own[size - 1] == 0x3D and desk.own[size - 2] in (0x38, 0x4B)


@compiled
def _has_sk(size: int, desk: Record) -> bool:
    """Whether the word in `desk.own` holds ск."""
    found = False
    for place in range(size - 1):
        found = found or (desk.own[place] == 0x41 and desk.own[place + 1] == 0x3A)
    return found


# --- runs --------------------------------------------------------------------------------------


@compiled
def _put(text: Array, start: int, size: int, kind: int, desk: Record) -> None:
    """Add a run, or its kind to the same run."""
    count = desk.runs_used[0]
    if size < 1 or count < 0:
        return
    if count >= MOST_RUNS or size >= LONGEST_RUN:
        desk.runs_used[0] = -1
        return
    key = hashed(text, start, size)
    for number in range(count):
        if desk.run_hashes[number] == key and desk.run_sizes[number] == size:
            desk.run_kinds[number] |= kind
            return
    for place in range(size):
        desk.runs[count, place] = text[start + place]
    desk.run_sizes[count], desk.run_kinds[count], desk.run_hashes[count] = size, kind, key
    desk.runs_used[0] = count + 1


@compiled
def _known(size: int, role: int, desk: Record) -> int:
    """Return the flags of all names that the run in `desk.text` may be; note their places."""
    ways = 1
    for place in range(size):
        ways = min(MOST_WAYS, ways * desk.options[desk.text[place], 0])
    flags = 0
    for way in range(ways):
        left = way
        for place in range(size - 1, -1, -1):
            count = desk.options[desk.text[place], 0]
            desk.other[place] = desk.options[desk.text[place], 1 + left % count]
            left //= count
        slot = slot_of(desk.known_keys, hashed(desk.other, 0, size))
        if slot >= 0:
            flags |= desk.known[slot, 4]
            if desk.runs_used[1] < MOST_LINKS:
                desk.run_links[desk.runs_used[1], 0] = slot
                desk.run_links[desk.runs_used[1], 1] = role
                desk.runs_used[1] += 1
    return flags


@compiled
def _ends(size: int, rows: Array, row: int, desk: Record) -> bool:
    """Whether the first sounds in `desk.text`, so many, end in those of a row."""
    length = int64(rows[row, 0])
    if length > size:
        return False
    for place in range(length):
        if desk.text[size - length + place] != rows[row, 1 + place]:
            return False
    return True


@compiled
def _surname(size: int, desk: Record) -> None:
    """Add a surname whole and its stems, as `words.split_surname` takes it apart."""
    if size < 1:
        return
    _put(desk.text, 0, size, kinds.WHOLE, desk)
    _stem(size, kinds.STEM_BARE, desk)
    sound = desk.text[size - 1]
    for row in range(desk.ending_places[sound, 0], desk.ending_places[sound, 1]):
        length = int64(desk.endings[row, 0])
        if size <= length + 1 or not _ends(size, desk.endings, row, desk):
            continue
        left = desk.endings[row, 2 * WIDTH + 1]
        if left == OV_ENDING:
            _stem(size - length, kinds.STEM_OV, desk)
        elif left == OTHER_ENDING:
            _stem(size - length, kinds.STEM_OTHER, desk)
        _masculine(size - length, row, desk)
        if left != GOES_ON:
            break


@compiled
def _masculine(stem: int, row: int, desk: Record) -> None:
    """Add the masculine form of a surname, if its ending has one."""
    extra = int64(desk.endings[row, WIDTH])
    if not extra:
        return
    for place in range(stem):
        desk.other[place] = desk.text[place]
    for place in range(extra):
        desk.other[stem + place] = desk.endings[row, WIDTH + 1 + place]
    _put(desk.other, 0, stem + extra, kinds.WHOLE, desk)


@compiled
def _stem(size: int, kind: int, desk: Record) -> None:
    """Add the stem of a surname without its last i."""
    while size > 1 and desk.text[size - 1] == 105:
        size -= 1
    _put(desk.text, 0, size, kind, desk)


@compiled
def _given(size: int, desk: Record) -> None:
    """Add a given name, and the stem of a father's name that it is by itself."""
    flags = _known(size, 0, desk)
    _put(desk.text, 0, size, kinds.GIVEN_KNOWN if flags & GIVEN_KNOWN else kinds.GIVEN, desk)
    _father(size, flags, desk)


@compiled
def _father(size: int, flags: int, desk: Record) -> None:
    """Add the stem of a father's name; `flags` are those of the same word as given name."""
    stem = size
    while stem and is_vowel(desk.text[stem - 1]):
        stem -= 1
    if stem <= 1:
        stem = size
    sure = _known(stem, 1, desk) & FATHER_KNOWN or flags & GIVEN_KNOWN
    _put(desk.text, 0, stem, kinds.FATHER_KNOWN if sure else kinds.FATHER, desk)


@compiled
def _patronymic(size: int, desk: Record) -> None:
    """Add the father's name in a patronymic: what stands before the longest ending."""
    for row in range(desk.fathers.shape[0]):
        length = int64(desk.fathers[row, 0])
        if size >= length + 2 and _ends(size, desk.fathers, row, desk):
            _father(size - length, 0, desk)
            return


# --- names with elements -----------------------------------------------------------------------


@compiled
def _copied(number: int, given: int, father: int, desk: Record) -> int:
    """Write a run into `desk.text` if it is a name; return the kind it gives, 0 for none.

    `given` and `father` are the kinds for a given name, and for a father's name.
    """
    kind = 0
    if desk.run_kinds[number] & (kinds.GIVEN | kinds.GIVEN_KNOWN):
        kind |= given
    if desk.run_kinds[number] & (kinds.FATHER | kinds.FATHER_KNOWN):
        kind |= father
    for place in range(desk.run_sizes[number] if kind else 0):
        desk.text[place] = desk.runs[number, place]
    return kind


@compiled
def _stripped(desk: Record) -> None:
    """Add each name without the elements that it begins or ends with."""
    for number in range(desk.runs_used[0]):
        kind = _copied(number, kinds.GIVEN_STRIPPED, kinds.FATHER_STRIPPED, desk)
        if not kind:
            continue
        size = desk.run_sizes[number]
        last, first = desk.text[size - 1], desk.text[0]
        for row in range(desk.suffix_places[last, 0], desk.suffix_places[last, 1]):
            rest = size - int64(desk.suffixes[row, 0])
            if rest >= SHORTEST_REST and _ends(size, desk.suffixes, row, desk):
                _put(desk.text, 0, rest, kind, desk)
        for row in range(desk.prefix_places[first, 0], desk.prefix_places[first, 1]):
            length = int64(desk.prefixes[row, 0])
            if size - length >= SHORTEST_REST and _ends(length, desk.prefixes, row, desk):
                _put(desk.text, length, size - length, kind, desk)


@compiled
def _muhammad(desk: Record) -> None:
    """Add each name with M for the first spelling of Muhammad inside it (`pairs._MUHAMMAD`)."""
    for number in range(desk.runs_used[0]):
        kind = _copied(number, kinds.GIVEN_MUHAMMAD, kinds.FATHER_MUHAMMAD, desk)
        size = desk.run_sizes[number] if kind else 0
        for start in range(size):
            length = _muhammad_at(start, size, desk)
            if length:
                for place in range(start):
                    desk.other[place] = desk.text[place]
                desk.other[start] = 77
                for place in range(start + length, size):
                    desk.other[place - length + 1] = desk.text[place]
                _put(desk.other, 0, size - length + 1, kind, desk)
                break


@compiled
def _muhammad_at(start: int, size: int, desk: Record) -> int:
    """Return the sounds of a spelling of Muhammad at a place; 0 for none.

    m[uao][xHg][ao]?m[aei]d, mam[ae]d, m[ao]g[ao]m[ae]d; the last is met by the first.
    """
    text = desk.text
    if text[start] != 109:
        return 0
    for gap in (3, 2, 1):
        end = start + gap + 1
        if end + 3 > size or text[end] != 109 or text[end + 2] != 100:
            continue
        if text[end + 1] not in (97, 101, 105):
            continue
        if gap == 1:
            return 5 if text[start + 1] == 97 and text[end + 1] != 105 else 0
        begins = text[start + 1] in (117, 97, 111) and text[start + 2] in (120, 72, 103)
        if begins and (gap == 2 or text[start + 3] in (97, 111)):
            return gap + 4
    return 0


@compiled
def _consonants(desk: Record) -> None:
    """Add the consonants alone of each whole name, as `sounds.skeleton`."""
    wanted = kinds.WHOLE | kinds.GIVEN | kinds.GIVEN_KNOWN | kinds.FATHER | kinds.FATHER_KNOWN
    for number in range(desk.runs_used[0]):
        if desk.run_kinds[number] & wanted:
            size = 0
            for place in range(desk.run_sizes[number]):
                sound = desk.runs[number, place]
                if not is_vowel(sound) and sound != 105:
                    desk.other[size] = sound
                    size += 1
            _put(desk.other, 0, size, kinds.VOWELLESS, desk)
