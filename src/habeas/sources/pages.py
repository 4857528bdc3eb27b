"""Tells pages that could not be looked at from pages that list something, on any platform.

Portals answer HTTP 200 to a captcha, a malformed query, an expired visit and an outage; read
naively, each of these is "0 results". Every adapter asks `failure` first. A word is no proof: the
card pages of the Moscow portal carry a captcha of their own in a subscription form, so a failure
is believed only where nothing is listed and the sentence stands in a place of its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from habeas.language import _
from habeas.sources.contract import Capture, Fact, Mention, Obstacle, Outcome, Page, PageKind
from habeas.sources.readers.spotting import names_in
from habeas.sources.signs import PLATFORM, SHORT_PAGE, Sign
from habeas.sources.tables import folded, lines_of, text_of

BODY_LIMIT_BYTES = 32 * 1024 * 1024
"""Larger bodies are not parsed: the largest court page on record has less than 1 MB."""

ENTRIES = (
    "#tablcont td, #resultTable td, table.law-case-table td, #cont1 td, tr.linked-row, "
    "div.card-sud, div.row_card, div.news-item, div.full-text"
)
"""Containers in which the known portals list cases or texts (CSS)."""

# Below this many characters of visible text a page has no room for a site frame and entries.
_SHORT = 1500
# A sentence of the site's own stands in a line not longer than this.
_BLOCK = 300
_TITLE_STATUS = re.compile(r"\s*(?:HTTP )?([45]\d\d)\b")
_NO_PLACE = frozenset({"script", "style", "template", "a", "option", "title"})
_BLOCKS = frozenset({"p", "div", "td", "li", "center", "body", "section", "h1", "h2", "h3", "h4"})


# Marks of shields against robots, in scripts and attributes.
_SHIELDS = (
    "/__qrator/",
    "qrator_jsr",
    "qaptcha",
    "ddos-guard",
    "webknight",
    "/cdn-cgi/challenge-platform/",
    "_incapsula_resource",
)
_CAPTCHA_FORMS = (
    "form#kcaptchaForm",
    "form#checkbox-captcha-form",
    "form#advanced-captcha-form",
    "input[name=captchaid]",
)
# UTF-8 Cyrillic read as a one-byte charset; these pairs stand in no language we read.
_MOJIBAKE = re.compile(
    "Ð[°-¿]|Ñ[\x80-\x8f\u201a\u0192\u2021]|Р[°µ\u0405\u0455]|С[\u0403\u201a\u0402]"
    "|[Ââ]€[\u0153\u009d™“”]"
)
# windows-1251 read as latin-1; five accented letters in a row stand in no language we read.
_LATIN_FOR_CYRILLIC = re.compile("[À-ÿ]{5}")
_SUSPECT = ("Ð", "Ñ", "î", "å", "С‚", "Рѕ")


def failure(capture: Capture, source: str, *, entries: str = "") -> Page | None:
    """Return the typed obstacle page if `capture` is a failure, None if it is worth parsing.

    What it cannot know it leaves to the adapter: a cut body (see `cut_short`), unknown columns,
    and whether "nothing found" is confirmed by a control query. An address that answers 404 is
    `gone`; an adapter that asked for a list says `bad_query` instead.

    Args:
        capture: the recorded bytes.
        source: id of the source, for the page.
        entries: further CSS by which this platform's entries are known, beside `ENTRIES`.
    """
    if len(capture.body) > BODY_LIMIT_BYTES:
        return obstacle(
            source,
            Obstacle.TOO_LARGE,
            _("The page has {size} MB; pages above {limit} MB are not read.").format(
                size=len(capture.body) // 2**20, limit=BODY_LIMIT_BYTES // 2**20
            ),
        )
    if not capture.body.strip():
        return _status(capture.status, source) or obstacle(
            source, Obstacle.INCOMPLETE, _("The answer is empty: it has no bytes to read.")
        )
    if capture.tangled:
        return _tangled(capture, source)
    lists = capture.tree.css_first(f"{ENTRIES}, {entries}" if entries else ENTRIES) is not None
    if not lists and (found := _barrier(capture, source)):
        return found
    if found := _status(capture.status, source) or _garbled(capture, source):
        return found
    return None if lists else _announced(capture, source)


def obstacle(
    source: str,
    reason: Obstacle,
    explanation: str,
    *,
    kind: PageKind | None = None,
    facts: Mapping[str, Fact] | None = None,
) -> Page:
    """Return a page that could not be looked at; its kind follows from the reason if not given."""
    return Page(
        source=source,
        kind=kind or _KINDS.get(reason, PageKind.UNKNOWN),
        outcome=Outcome.COULD_NOT_LOOK,
        obstacle=reason,
        explanation=explanation,
        facts=facts or {},
    )


def _tangled(capture: Capture, source: str) -> Page:
    """Refuse to build a tree that would never be finished, and keep the names in the bare text."""
    words = _("Its tags are nested too deeply, or have too many attributes, to be read.")
    where = _("text of the page")
    names = (Mention(found.printed, where=where) for found in names_in(capture.text))
    return replace(obstacle(source, Obstacle.UNREADABLE, words), mentions=tuple(names))


_KINDS = {
    Obstacle.CAPTCHA: PageKind.CAPTCHA_FORM,
    Obstacle.BLOCKED: PageKind.BLOCKED,
    Obstacle.EXPIRED: PageKind.EXPIRED,
    Obstacle.BAD_QUERY: PageKind.BAD_QUERY,
    Obstacle.DOWN: PageKind.DOWN,
    Obstacle.GONE: PageKind.GONE,
    Obstacle.UNCONFIRMED_EMPTY: PageKind.EMPTY_UNCONFIRMED,
}


def never_there(failed: Page) -> Page:
    """Return a missing list as a wrong query: only an entry can be gone."""
    if failed.obstacle is not Obstacle.GONE:
        return failed
    return replace(failed, kind=PageKind.BAD_QUERY, obstacle=Obstacle.BAD_QUERY)


def legible(page: Page, text: str = "") -> Page:
    """Return the page, as an obstacle where a name lost a letter: it could be the one sought.

    Args:
        page: what was read.
        text: running text in which names stand; there a lost letter may hide a whole name.
    """
    lost = "\ufffd" in text or any("\ufffd" in mention.printed for mention in page.mentions)
    if page.outcome is not Outcome.FOUND or not lost:
        return page
    words = _("A name may have letters that cannot be read.")
    return replace(
        page, outcome=Outcome.COULD_NOT_LOOK, obstacle=Obstacle.ENCODING, explanation=words
    )


def cut_short(capture: Capture) -> bool:
    """Return whether the body ends before its end: announced bytes or `</html>` are missing.

    A fragment that never opened `<html` (a saved table, an answer to a script) is not cut.
    """
    if not capture.complete:
        return True
    body = capture.body
    head = body[:4096].lower()
    return b"<html" in head and b"</html" not in body[-65_536:].lower()


def _status(status: int | None, source: str) -> Page | None:
    """Type an HTTP status (RFC 9110, section 15) that carries no list."""
    if status is None or status == 200:
        return None
    if status in {401, 403, 407, 429, 451}:
        reason = Obstacle.BLOCKED
    elif status in {404, 410}:
        reason = Obstacle.GONE
    elif status >= 500 or status == 408:
        reason = Obstacle.DOWN
    elif status >= 400:
        reason = Obstacle.BAD_QUERY
    else:
        reason = Obstacle.INCOMPLETE
    return obstacle(
        source, reason, _("The server answered with HTTP status {status}.").format(status=status)
    )


def _barrier(capture: Capture, source: str) -> Page | None:
    """Find what stands between us and the page: a captcha form, or a shield against robots."""
    tree = capture.tree
    for selector in _CAPTCHA_FORMS:
        node = tree.css_first(selector)
        if node is not None:
            return _captcha(tree, node, source)
    if not _is_short(tree):
        return None
    if tree.css_first("div.g-recaptcha, div.smart-captcha, div.h-captcha, div.cf-turnstile"):
        return obstacle(source, Obstacle.CAPTCHA, _("The page asks to prove that one is human."))
    page = capture.text.lower()
    mark = next((mark for mark in _SHIELDS if mark in page), "")
    if not mark:
        return None
    return obstacle(
        source,
        Obstacle.BLOCKED,
        _("A shield against robots answered instead of the site (mark: {mark}).").format(mark=mark),
        facts={"rows": 0, "markers": [mark for mark in _SHIELDS if mark in page]},
    )


def _captcha(tree: LexborHTMLParser, node: LexborNode, source: str) -> Page:
    heading = next(
        (text for h in tree.css("h1, h2, h3") if "проверк" in (text := text_of(h))),
        "",
    )
    facts: dict[str, Fact] = {}
    if node.tag == "form":
        image, answer = node.css_first("img[src]"), node.css_first("input[type=text]")
        facts["form"] = node.attributes.get("id") or ""
        facts["image"] = (image.attributes.get("src") or "") if image else ""
        facts["input"] = (answer.attributes.get("name") or "") if answer else ""
    else:
        facts["captcha_input"] = "captcha" if tree.css_first("input[name=captcha]") else ""
        facts["captcha_id_input"] = "captchaid"
        facts["captcha_id"] = node.attributes.get("value") or ""
    if heading:
        facts["heading"] = heading
    words = heading or _("The page asks for the digits of a picture.")
    return obstacle(source, Obstacle.CAPTCHA, words, facts=facts)


def _garbled(capture: Capture, source: str) -> Page | None:
    """Find a text whose letters were lost: names in it could be read by nobody."""
    decoded = capture.decoded
    text = decoded.text
    if decoded.replacements > max(8, len(text) // 500):
        return obstacle(
            source,
            Obstacle.ENCODING,
            _("{count} characters of the page cannot be read (charset {charset}).").format(
                count=decoded.replacements, charset=decoded.used
            ),
        )
    if any(mark in text for mark in _SUSPECT) and _lost(text):
        return obstacle(
            source,
            Obstacle.ENCODING,
            _("The letters of the page were encoded twice or in a wrong charset."),
        )
    return None


def _lost(text: str) -> bool:
    if len(_MOJIBAKE.findall(text, 0, 400_000)) >= 8:
        return True
    return len(_LATIN_FOR_CYRILLIC.findall(text, 0, 400_000)) >= 8


def _announced(capture: Capture, source: str) -> Page | None:
    """Find the site's own sentence that it does not answer, in a page without entries."""
    tree = capture.tree
    title = _title(tree)
    own = tree.css_first("div#error")
    if own is not None and (found := _said(lines_of(own), source, PLATFORM)):
        return replace(
            found,
            facts={"rows": 0, "error_text": found.explanation, "container": "div#error"},
        )
    if not _is_short(tree):
        return _in_a_block(capture, source)
    if "<" in capture.text:
        lines = lines_of(tree.body) if tree.body is not None else []
    else:
        lines = [folded(line) for line in capture.text.splitlines()]
    if found := _said([*lines, title], source, (*PLATFORM, *SHORT_PAGE)):
        return found
    status = _TITLE_STATUS.match(title)
    return _status(int(status.group(1)), source) if status else None


def _said(lines: Sequence[str], source: str, signs: tuple[Sign, ...]) -> Page | None:
    """Type a failure by the first sign that a line carries; the line is the explanation."""
    for sign in signs:
        for line in lines:
            if any(mark in line.lower() for mark in sign.words):
                facts: dict[str, Fact] = {"rows": 0, "text": line}
                return obstacle(source, sign.obstacle, line, kind=sign.kind, facts=facts)
    return None


def _in_a_block(capture: Capture, source: str) -> Page | None:
    if capture.tree.body is None:
        return None
    # The texts alone, apart from each other: a tenth of the page's source, which is mostly tags.
    texts_alone = capture.tree.body.text(separator="\n").lower()
    signs = [sign for sign in PLATFORM if any(mark in texts_alone for mark in sign.words)]
    if not signs:
        return None
    marks = tuple(mark for sign in signs for mark in sign.words)
    texts = (
        node
        for node in capture.tree.body.traverse(include_text=True)
        if node.tag == "-text" and any(mark in node.text().lower() for mark in marks)
    )
    for node in islice(texts, 50):  # a page that says it more often is no announcement
        block = _block_of(node)
        lines = lines_of(block) if block is not None else []
        found = _said([line for line in lines if len(line) <= _BLOCK], source, tuple(signs))
        if found:
            return found
    return None


def _block_of(node: LexborNode) -> LexborNode | None:
    """Return the block a text stands in; None in a script, a link, or where nobody sees it.

    Pages keep "nothing found" ready in a hidden block, to show it when a script asks for it.
    """
    block = None
    parent = node.parent
    while parent is not None:
        if parent.tag in _NO_PLACE or _is_hidden(parent):
            return None
        if block is None and parent.tag in _BLOCKS:
            block = parent
        parent = parent.parent
    return block


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    style = "".join((attributes.get("style") or "").lower().split())
    return "hidden" in attributes or "display:none" in style


def _is_short(tree: LexborHTMLParser) -> bool:
    """Return whether a page has too little visible text for entries."""
    if tree.body is None:
        return True
    unseen = tree.body.css("script, style, template")
    return _letters(tree.body) - sum(map(_letters, unseen)) <= _SHORT


def _letters(node: LexborNode) -> int:
    return len(node.text(strip=True))


def _title(tree: LexborHTMLParser) -> str:
    return text_of(tree.css_first("title"))
