"""The worst misses and the worst false matches, grouped by what went wrong.

A group is named by the relation of the two people or the part that decided, and by the rule that
habeas itself gives as its reason. `explanations.toml` holds what a reader should know about each
group; a group without an explanation is printed as such, so that nobody overlooks it.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.names.pairs import Pair
from benchmarks.names.tables import HERE

WORST = 50
_REASON = re.compile(r"^(?P<part>[^:]+): .*?: ?(?P<rule>[^:]+) \((?P<bits>[-+]?[\d.]+)\)$")
_RELATIVES = {"sibling", "sibling_alike", "father", "son", "swapped", "other_father", "gender_twin"}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A pair that the one threshold (0.1 %) gets wrong.

    Attributes:
        pair: the pair.
        bits: what habeas gave it.
        verdict: and which verdict.
        group: key in explanations.toml.
        reason: the reason that decided, in habeas's words.
        forms: in how many record forms the same two people are mistaken.
    """

    pair: Pair
    bits: float
    verdict: str
    group: str
    reason: str
    forms: int


def worst(
    pairs: Sequence[Pair], answers: Sequence[dict[str, object]], limit: float, *, same: bool
) -> list[Wrong]:
    """Return the WORST misses (lowest first), or the WORST false matches (highest first).

    The same two people in several forms count once, in the form that is worst.
    """
    found: dict[str, Wrong] = {}
    order = 1 if same else -1
    for pair, answer in zip(pairs, answers, strict=True):
        bits = float(str(answer["score"]))
        if pair.same != same or (bits > limit) == same:
            continue
        known = found.get(pair.case)
        if known is None or order * bits < order * known.bits:
            reasons = [str(reason) for reason in _listed(answer["reasons"])]
            group, reason = _miss(pair, reasons) if same else _false(pair, reasons)
            seen = known.forms if known else 0
            found[pair.case] = Wrong(pair, bits, str(answer["verdict"]), group, reason, seen + 1)
        else:
            found[pair.case] = replace(known, forms=known.forms + 1)
    return sorted(found.values(), key=lambda item: order * item.bits)[:WORST]


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _decisive(reasons: Sequence[str]) -> tuple[str, str, str]:
    """Return part, rule and sentence of the reason with the fewest bits."""
    lowest, chosen = 0.0, ("", "", "")
    for reason in reasons:
        match = _REASON.match(reason)
        if match and float(match["bits"]) < lowest:
            lowest, chosen = float(match["bits"]), (match["part"], match["rule"], reason)
    return chosen


def _miss(pair: Pair, reasons: Sequence[str]) -> tuple[str, str]:
    part, rule, sentence = _decisive(reasons)
    if part in ("given name", "father's name", "surname"):
        where = _FAMILIES.get(pair.form, _FAMILIES.get(pair.form.partition("_")[0], "other forms"))
        return f"miss: {part}, {rule}; {where}", sentence
    if part == "gender":
        return "miss: gender read wrongly", sentence
    lowest = min(reasons, key=_bits, default="")
    return (
        f"miss: too little weight; {_LIGHT.get(pair.form.partition('_')[0], 'names in full')}",
        lowest,
    )


_FAMILIES = {
    "typo": "typing error", "latin": "Latin records", "initials": "initials",
    "genitive": "case endings", "dative": "case endings", "accusative": "case endings",
    "instrumental": "case endings", "no_father_dative": "case endings", "zoda": "Tajik forms",
    "bare": "Tajik forms", "son": "Tajik forms", "short": "short forms", "o": "other letters",
    "flat": "other letters", "national": "other letters", "yo": "other letters",
}  # fmt: skip
_LIGHT = {
    "initials": "surname and initials",
    "typo": "typing error",
    "father": "father's name as surname",
}


def _false(pair: Pair, reasons: Sequence[str]) -> tuple[str, str]:
    weak = [r for r in reasons if not r.startswith("order")]
    sentence = min(weak, key=_bits, default="")
    match = _REASON.match(sentence)
    rule = match["rule"] if match else ""
    form = "initials" if pair.form.startswith("initials") else "names in full"
    if pair.kind in _RELATIVES:
        return f"false: {pair.kind}, {form}", sentence
    return f"false: {_other_kind(pair.kind)}, {form}", f"{sentence}" if rule else ""


def _other_kind(kind: str) -> str:
    return "near name" if kind.startswith("near") else kind


def _bits(reason: str) -> float:
    match = _REASON.match(reason)
    return float(match["bits"]) if match else 99.0


def grouped(found: Sequence[Wrong]) -> dict[str, list[Wrong]]:
    """Return the pairs by group, the largest group first."""
    groups: dict[str, list[Wrong]] = defaultdict(list)
    for item in found:
        groups[item.group].append(item)
    return dict(sorted(groups.items(), key=lambda entry: (-len(entry[1]), entry[0])))


def explanations() -> dict[str, str]:
    """Return what is written about each group."""
    return tomllib.loads((HERE / "explanations.toml").read_text(encoding="utf-8"))


def section(found: Sequence[Wrong], written: dict[str, str]) -> list[str]:
    """Return the list as Markdown: a heading, an explanation and a table for each group."""
    lines: list[str] = []
    for group, items in grouped(found).items():
        title = group.partition(": ")[2]
        told = _told(group, written)
        lines += [f"#### {title[:1].upper()}{title[1:]} ({len(items)})", "", told.strip(), ""]
        lines += ["| bits | form | forms | query | record | reason |", "|---|---|---|---|---|---|"]
        lines += [
            f"| {item.bits:+.1f} | {item.pair.form} | {item.forms} | {_cell(item.pair.query)} | "
            f"{_cell(item.pair.record)} | {_cell(item.reason)} |"
            for item in items
        ]
        lines.append("")
    return lines


def _told(group: str, written: dict[str, str]) -> str:
    """Return the explanation of the group, or of the longest beginning of its name that has one."""
    fitting = [key for key in written if group.startswith(key)]
    key = max(fitting, key=len, default="")
    return written.get(key, "No explanation has been written for this group yet.")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
