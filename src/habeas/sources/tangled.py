"""Refuses HTML that is built to hang a parser, before it is parsed.

An HTML5 tree builder takes quadratic time for deeply nested elements (100,000 open `div` took 8 s)
and can multiply unclosed formatting elements without bound (HTML standard, 13.2.4.3: they are
reopened in every block), and it compares each attribute of a tag with all others (100,000 took
26 s). Pages for people nest a few dozen levels; browsers stop at 512.
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

_DEEPEST = 400
# Formatting elements that a tree builder may have to reopen, in total.
_MOST_REOPENED = 2_000_000
# Fewer tags cannot take long, however they are arranged: nested, 1,000 take about a millisecond.
_FEW_TAGS = 1_000
_MOST_ATTRIBUTES = 2_000
# A tag that has them all is longer than this; most pages have no tag of such length.
_LONG_TAG_CHARS = 2 * _MOST_ATTRIBUTES

_VOID_TAGS = "area base br col embed hr img input link meta param source track wbr"
# Their end tags may be left out, and the tree builder closes them itself (HTML standard, 13.1.2.4).
_SELF_CLOSING_TAGS = "li dt dd p option thead tbody tfoot tr td th"
_NEVER_NEST = frozenset(f"{_VOID_TAGS} {_SELF_CLOSING_TAGS}".split())
# Shapes of drawings, closed by their slash: hundreds of them on a page with icons, hardly nested.
_SHAPE_TAGS = "circle ellipse line path polygon polyline rect stop use"
_SHAPES = frozenset(_SHAPE_TAGS.split())
_MOST_SHAPES = 5_000
_FORMATTING_TAGS = "a b big code em font i nobr s small strike strong tt u"
_FORMATTING = frozenset(_FORMATTING_TAGS.split())
_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]*)")

# A value in quotation marks that holds a ">": the end of its tag is not the next ">".
_SWALLOWED = re.compile("=\\s*(?:\"[^\">]*>|'[^'>]*>)")
# A start tag as the tokenizer reads it (HTML standard, 13.2.5.6 to 13.2.5.40), with too many
# attributes. Possessive throughout: linear.
_SWOLLEN = re.compile(
    r"<[a-zA-Z][^\s/>]*+[\s/]*+"
    r"(?:(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+)?+)?+[\s/]*+)"
    f"{{{_MOST_ATTRIBUTES}}}"
)


def is_tangled(text: str) -> bool:
    """Return whether parsing `text` as HTML could take long or fill the memory; linear time."""
    return _is_deep(text) or _has_swollen_tag(text)


def _has_swollen_tag(text: str) -> bool:
    """Return whether a tag has thousands of attributes; one very long attribute is harmless."""
    if len(text) < _LONG_TAG_CHARS:
        return False
    long = max(map(len, text.split(">"))) >= _LONG_TAG_CHARS
    return (long or _SWALLOWED.search(text) is not None) and _SWOLLEN.search(text) is not None


def _is_deep(text: str) -> bool:
    if text.count("<") <= _FEW_TAGS:
        return False
    printed = _TAG.findall(text)
    steps, excess = _steps(Counter(printed))
    # Most pages are cleared by this bound, at the speed of counting.
    depths = list(accumulate(map(steps.__getitem__, printed), initial=0))
    bound = max(depths) - min(depths) + excess
    if bound <= _DEEPEST and bound * len(printed) <= _MOST_REOPENED:
        return False
    return _nests_deeply(tag.lower() for tag in printed if steps[tag])


def _steps(printed: Counter[str]) -> tuple[dict[str, int], int]:
    """Return how each printed tag changes the depth, and how many end tags end nothing."""
    counts: Counter[str] = Counter()
    for tag, count in printed.items():
        counts[tag.lower()] += count
    flat = _NEVER_NEST
    if sum(counts[shape] for shape in _SHAPES) <= _MOST_SHAPES:
        flat |= _SHAPES
    steps, excess = {}, 0
    for tag, count in counts.items():
        name = tag.lstrip("/")
        ends = name != tag
        # The end tag of an element that never began closes nothing, whatever is open.
        neutral = name in flat or (ends and not counts[name])
        steps[tag] = 0 if neutral else -1 if ends else 1
        excess += max(0, count - counts[name]) if ends and not neutral else 0
    return {tag: steps[tag.lower()] for tag in printed}, excess


def _nests_deeply(tags: Iterable[str]) -> bool:
    """Walk the tags as a tree builder does; an end tag closes only what its name has opened."""
    opened: Counter[str] = Counter()
    depth = formatting = reopened = 0
    for tag in tags:
        ends = tag[0] == "/"
        name = tag[1:] if ends else tag
        if ends and not opened[name]:
            continue
        step = -1 if ends else 1
        opened[name] += step
        depth += step
        if name in _FORMATTING:
            formatting += step
        elif not ends:
            reopened += formatting
        if depth > _DEEPEST or reopened > _MOST_REOPENED:
            return True
    return False
