"""The reasons of a comparison as a fragment of a page."""

from html import escape

from habeas.language import current, in_language
from habeas.names.reasons import PARTS, RULES, Comparison

VERDICTS = {
    "same": "The names say: the same person.",
    "likely": "The names say: likely the same person.",
    "possible": "The names say: possibly the same person.",
    "cannot_tell": "The names alone cannot tell.",
    "different": "The names say: different people.",
}


def fragment(comparison: Comparison, language: str | None = None) -> str:
    """Return the comparison as HTML: a sentence, then a list of reasons, every name escaped.

    Names stand in <bdi>, so that a name in Persian script does not turn its sentence round. The
    fragment has no style, no script and no ids; a page puts it where it likes.
    """
    chosen = language or current()
    verdict = escape(in_language(VERDICTS[comparison.verdict], chosen))
    lines = [f'<p data-verdict="{comparison.verdict}">{verdict}</p>', "<ul>"]
    for reason in comparison.reasons:
        names = " ~ ".join(
            f"<bdi>{escape(word)}</bdi>" for word in (reason.sought, reason.printed) if word
        )
        part = escape(in_language(PARTS[reason.part], chosen))
        rule = escape(in_language(RULES[reason.rule], chosen))
        told = ": ".join(piece for piece in (part, names, rule) if piece)
        lines.append(f'<li>{told} <data value="{reason.bits:.2f}">({reason.bits:+.1f})</data></li>')
    lines.append("</ul>")
    return "\n".join(lines)
