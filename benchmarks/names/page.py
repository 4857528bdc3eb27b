"""The page of the documentation that a run writes: docs/reference/names-benchmark.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Template

from benchmarks.names import confusion, report
from benchmarks.names.aims import AIM_ALL, AIM_HARD, AIM_PRESS, AIMS, LOOKS
from benchmarks.names.elsewhere import Totals
from benchmarks.names.measures import Bin, Row
from benchmarks.names.pairs import CROWD_PER_PERSON
from benchmarks.names.scorers import Scored
from benchmarks.names.tables import HERE


@dataclass(frozen=True, slots=True)
class Run:
    """Everything that a run found.

    Attributes:
        seed: the seed of people and pairs.
        sought: how many people are sought.
        same: pairs of one person.
        different: pairs of two.
        scored: the answers of each tool, habeas first.
        skipped: peers that could not be run, with the reason.
        forms: measures by form, for each tool.
        groups: measures by people, for each tool.
        kinds: measures by kind of other person, for each tool.
        totals: measures of everything, for each tool.
        verdicts: one person and another person, by verdict of habeas.
        strangers: the same, near names and relatives left out.
        bins: reliability of the bits.
        misses: worst misses of habeas.
        false: worst false matches of habeas.
        elsewhere: totals over pairs that are not in the repository, if they were run.
    """

    seed: int
    sought: int
    same: int
    different: int
    scored: Sequence[Scored]
    skipped: Mapping[str, str]
    forms: Mapping[str, Mapping[str, Row]]
    groups: Mapping[str, Mapping[str, Row]]
    kinds: Mapping[str, Mapping[str, Row]]
    totals: Mapping[str, Row]
    verdicts: Mapping[str, tuple[int, int]]
    strangers: Mapping[str, tuple[int, int]]
    bins: Sequence[Bin]
    misses: Sequence[confusion.Wrong]
    false: Sequence[confusion.Wrong]
    elsewhere: Mapping[str, Totals]


def page(run: Run) -> str:
    """Return the whole page."""
    written = confusion.explanations()
    blocks = {
        "skipped": [f"**Not compared: {name}.** {why}\n" for name, why in run.skipped.items()],
        "findings": [" ".join(_findings(run))],
        "forms": report.by_form(run.forms, run.totals),
        "more": report.more_by_form(run.forms, run.totals),
        "groups": report.by_group(run.groups),
        "kinds": report.by_kind(run.kinds),
        "speed": report.speed(run.scored),
        "verdicts": report.by_verdict(run.verdicts, run.strangers),
        "bits": report.by_bits(run.bins),
        "elsewhere": _elsewhere(run.elsewhere),
        "missed": confusion.section(run.misses, written),
        "mistaken": confusion.section(run.false, written),
    }
    numbers = {
        "seed": str(run.seed),
        "sought": f"{run.sought:,}",
        "same": f"{run.same:,}",
        "different": f"{run.different:,}",
        "crowd": f"{run.sought * CROWD_PER_PERSON:,}",
        "whole": f"{run.totals['habeas'].one[0]:.3f}",
        "aim": f"{AIM_ALL:.2f}",
        "misses": str(len(run.misses)),
        "false": str(len(run.false)),
    }
    template = Template((HERE / "template.md").read_text(encoding="utf-8"))
    text = template.substitute(numbers | {key: "\n".join(lines) for key, lines in blocks.items()})
    return text.rstrip() + "\n"


def _findings(run: Run) -> list[str]:
    own = run.forms["habeas"]
    below = [
        f"{form} ({own[form].one[0]:.2f}, aim {aim:.2f})"
        for form, aim in AIMS.items()
        if form in own and own[form].one[0] < aim
    ]
    beaten = report.not_best(run.forms)
    lines: list[str] = []
    if len(run.forms) > 1 and beaten:
        lines.append(f"habeas does not beat every peer on: {', '.join(beaten)}.")
    elif len(run.forms) > 1:
        lines.append("habeas beats every peer on every form.")
    lines.append(f"Below the aim: {', '.join(below)}." if below else "Every form reaches its aim.")
    return lines


_ELSEWHERE = """## On pairs that are not in this repository

The same measures on a second set: names of real people from official lists in generated record \
forms, hand-written hard pairs, and spellings from the press. They are for evaluation only, and \
only totals are printed here (`run.py --shared FOLDER`).
"""


def _elsewhere(found: Mapping[str, Totals]) -> list[str]:
    if not found:
        return []
    names = list(found)
    first = found[names[0]]
    known = [form for form in LOOKS if form in first.forms]
    body: list[list[object]] = [
        [form, first.forms[form].positives, f"{AIMS[form]:.2f}" if form in AIMS else "–",
         *(found[name].forms[form].one[0] for name in names)]
        for form in [*known, *(form for form in first.forms if form not in LOOKS)]
    ]  # fmt: skip
    each = [found[name] for name in names]
    count = first.whole.positives
    body += [
        ["**all forms**", count, f"{AIM_ALL:.2f}", *(t.whole.one[0] for t in each)],
        ["all forms, 1 %", count, "–", *(t.whole.one[1] for t in each)],
        ["all forms, AUC", count, "–", *(t.whole.auc for t in each)],
        ["hard pairs, at most one false", "", f"{AIM_HARD:.2f}", *(t.hard for t in each)],
        ["press spellings, at most one false", "", f"{AIM_PRESS:.2f}", *(t.press for t in each)],
        ["pairs a second", "", "–", *(f"{t.pairs_per_s:,.0f}" for t in each)],
    ]
    return [_ELSEWHERE, *report.markdown(["form", "same", "aim", *names], body)]
