"""Refuses HTML that is built to hang a parser, before it is parsed.

An HTML5 tree builder takes quadratic time for deeply nested elements (100,000 open `div` took 8 s)
and can multiply unclosed formatting elements without bound (HTML standard, 13.2.4.3: they are
reopened in every block), and it compares each attribute of a tag with all others (100,000 took
26 s). Pages for people nest a few dozen levels; browsers stop at 512.
"""

import re

_DEEPEST = 400
# Formatting elements that a tree builder may have to reopen, in total.
_MOST_REOPENED = 2_000_000
# Fewer tags cannot take long, however they are arranged.
_FEW_TAGS = 400

_VOID_TAGS = "area base br col embed hr img input link meta param source track wbr"
_VOID = frozenset(_VOID_TAGS.split())
# Their end tags may be left out, and the tree builder closes them itself (HTML standard, 13.1.2.4).
_SELF_CLOSING_TAGS = "li dt dd p rt rp optgroup option thead tbody tfoot tr td th"
_SELF_CLOSING = frozenset(_SELF_CLOSING_TAGS.split())
_FORMATTING_TAGS = "a b big code em font i nobr s small strike strong tt u"
_FORMATTING = frozenset(_FORMATTING_TAGS.split())
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")


_LONG_TAG_CHARS = 20_000
_MOST_ATTRIBUTES = 2_000
_OPENING = re.compile("<[a-zA-Z]")
_QUOTED = re.compile("\"[^\"]*\"|'[^']*'")


def is_tangled(text: str) -> bool:
    """Return whether parsing `text` as HTML could take long or fill the memory; linear time."""
    return _is_deep(text) or _has_swollen_tag(text)


def _has_swollen_tag(text: str) -> bool:
    """Return whether a tag has thousands of attributes; one very long attribute is harmless."""
    if len(text) < _LONG_TAG_CHARS:
        return False
    for stretch in text.split(">"):
        if len(stretch) > _LONG_TAG_CHARS and (opening := _OPENING.search(stretch)):
            tag = _QUOTED.sub("", stretch[opening.start() :])
            if len(tag.split(None, _MOST_ATTRIBUTES)) > _MOST_ATTRIBUTES:
                return True
    return False


def _is_deep(text: str) -> bool:
    if text.count("<") <= _FEW_TAGS:
        return False
    depth = formatting = reopened = 0
    for closing, name in _TAG.findall(text):
        tag = name.lower()
        if tag in _VOID:
            continue
        step = -1 if closing else 1
        if tag in _FORMATTING:
            formatting = max(0, formatting + step)
        elif not closing:
            reopened += formatting
        if tag not in _SELF_CLOSING:
            depth = max(0, depth + step)
        if depth > _DEEPEST or reopened > _MOST_REOPENED:
            return True
    return False
