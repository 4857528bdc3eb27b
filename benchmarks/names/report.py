"""The report of a run as Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from math import isnan

from benchmarks.names.aims import AIM_ALL, AIM_FRESH, AIMS, LOOKS
from benchmarks.names.measures import BIN_BITS, LOWEST_BIN, Bin, Row
from benchmarks.names.scorers import Scored


def markdown(head: Sequence[str], body: Iterable[Sequence[object]]) -> list[str]:
    """Return a Markdown table."""
    lines = [_line(head), _line(["---"] * len(head))]
    return [*lines, *(_line(row) for row in body), ""]


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(cell: object) -> str:
    if isinstance(cell, float):
        return "–" if isnan(cell) else f"{cell:.3f}"
    return str(cell)


def _aim(form: str) -> str:
    return f"{AIMS[form]:.2f}" if form in AIMS else "–"


def not_best(tables: Mapping[str, Mapping[str, Row]]) -> list[str]:
    """Return the forms on which habeas does not beat every peer at the one threshold."""
    own = tables["habeas"]
    peers = [table for name, table in tables.items() if name != "habeas"]
    return [
        form for form, row in own.items()
        if any(peer[form].one[0] >= row.one[0] for peer in peers)
    ]  # fmt: skip


def by_form(tables: Mapping[str, Mapping[str, Row]], totals: Mapping[str, Row]) -> list[str]:
    """Return recall by form at the one threshold, 0.1 % of all negatives passing."""
    names = list(tables)
    first = tables[names[0]]
    body: list[list[object]] = []
    for form in LOOKS:
        if form in first:
            found = [tables[name][form].one[0] for name in names]
            body.append(
                [
                    form,
                    LOOKS[form],
                    first[form].positives,
                    first[form].negatives,
                    _aim(form),
                    *found,
                ]
            )
    whole = totals[names[0]]
    body.append(["**all forms**", "", whole.positives, whole.negatives, f"{AIM_ALL:.2f}",
                 *(totals[name].one[0] for name in names)])  # fmt: skip
    return markdown(["form", "looks like", "same", "different", "aim", *names], body)


def more_by_form(tables: Mapping[str, Mapping[str, Row]], totals: Mapping[str, Row]) -> list[str]:
    """Return recall at 1 %, at each form's own 0.1 % threshold, and AUC, by form."""
    names = list(tables)
    head = [
        "form",
        *(f"1 %, {n}" for n in names),
        *(f"own .1 %, {n}" for n in names),
        *(f"AUC, {n}" for n in names),
    ]
    body: list[list[object]] = []
    for form in [*(f for f in LOOKS if f in tables[names[0]]), "**all forms**"]:
        rows = [totals[n] if form.startswith("**") else tables[n][form] for n in names]
        body.append(
            [form, *(r.one[1] for r in rows), *(r.own[0] for r in rows), *(r.auc for r in rows)]
        )
    return markdown(head, body)


def by_group(tables: Mapping[str, Mapping[str, Row]]) -> list[str]:
    """Return recall at the one threshold by people."""
    names = list(tables)
    first = tables[names[0]]
    return markdown(
        ["group", "same", "different", *names],
        ([group, row.positives, row.negatives, *(tables[n][group].one[0] for n in names)]
         for group, row in sorted(first.items(), key=lambda entry: -entry[1].positives)),
    )  # fmt: skip


def by_kind(tables: Mapping[str, Mapping[str, Row]]) -> list[str]:
    """Return which share of other people pass as the sought person, by kind, at 0.1 % and 1 %."""
    names = list(tables)
    first = tables[names[0]]
    head = ["who it is", "pairs", *(f"{n}, {share}" for share in ("0.1 %", "1 %") for n in names)]
    body = [
        [kind, row.negatives, *(f"{tables[n][kind].passing[i]:.2%}" for i in (0, 1) for n in names)]
        for kind, row in sorted(first.items()) if kind != "same"
    ]  # fmt: skip
    return markdown(head, body)


def speed(scored: Sequence[Scored]) -> list[str]:
    """Return the speed of each tool."""
    body: list[list[object]] = [
        [
            "pairs a second, whole command without start-up",
            "",
            *(f"{s.pairs_per_s:,.0f}" for s in scored),
        ],
        [
            "pairs a second, names not met before, comparison alone",
            f"{AIM_FRESH:,}",
            *(f"{s.fresh_per_s:,.0f}" for s in scored),
        ],
        ["start-up, seconds", "", *(f"{s.start_s:.2f}" for s in scored)],
    ]
    return markdown(["speed, one core (processor time)", "aim", *(s.name for s in scored)], body)


def by_verdict(
    found: Mapping[str, tuple[int, int]], relations: Mapping[str, tuple[int, int]]
) -> list[str]:
    """Return what each verdict was given to, also with relatives and near names left out."""
    body: list[list[object]] = []
    for verdict in ("same", "likely", "possible", "cannot_tell", "different"):
        same, other = found.get(verdict, (0, 0))
        _, strangers = relations.get(verdict, (0, 0))
        share = f"{same / (same + other):.1%}" if same + other else "–"
        body.append([verdict, same, other, share, strangers])
    return markdown(
        ["verdict", "one person", "another person", "share one person", "of them strangers"], body
    )


def _range(low: float) -> str:
    if low < LOWEST_BIN:
        return f"below {LOWEST_BIN:+.0f}"
    return f"{low:+.0f} to {low + BIN_BITS:+.0f}"


def by_bits(bins: Sequence[Bin]) -> list[str]:
    """Return the reliability table."""
    body = [
        [_range(b.low), b.same, b.different, f"{b.share:.1%}", f"{b.measured:+.1f}"]
        for b in bins if b.same + b.different >= 20
    ]  # fmt: skip
    return markdown(
        ["bits", "one person", "another person", "share one person", "bits measured"], body
    )
