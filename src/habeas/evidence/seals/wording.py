"""The sentences of the checks of a store: what it means that something holds, or does not."""

from collections.abc import Callable, Mapping, Sequence

from habeas.evidence.checks import Result
from habeas.evidence.seals.keys import in_groups
from habeas.evidence.seals.logcheck import Problem
from habeas.evidence.seals.removals import Removal
from habeas.language import _

_MOST_PLACES = 5


def held(name: str, counts: Mapping[str, object]) -> str:
    """Return what it means that a check of the log or of the files holds."""
    sentences: dict[str, Callable[[], str]] = {
        "store.identity": lambda: _("All seals belong to this store."),
        "log.rows": lambda: _("Each of the {rows} rows of the log is whole and well written."),
        "log.chain": lambda: _(
            "Each row names the one before: none was removed, added, changed or moved."
        ),
        "log.sealed": lambda: _(
            "Rows at the end that no seal covers yet: {after}. All earlier rows are under a seal."
        ),
        "seal.chain": lambda: _("Each of the {seals} seals names the one before."),
        "seal.signature": lambda: _("All {signatures} signatures hold."),
        "seal.signer": lambda: _("The seals were made with the expected key: {key}."),
        "seal.times": lambda: _("No seal is older, by its own clock, than the one before it."),
        "item.present": lambda: _("All {files} sealed files are here."),
        "item.bytes": lambda: _(
            "Each of the {files} sealed files is, byte for byte, what was sealed ({bytes} bytes)."
        ),
        "item.records": lambda: _(
            "Each of the {records} records stands where its seal says, with the digests it says."
        ),
        "item.unsealed": lambda: _("No record lies here without a seal."),
    }
    key = in_groups(str(counts.get("key", "")))
    return sentences[name]().format(**{**counts, "key": key})


def removed_in_words(told: Sequence[tuple[Removal, int]]) -> str:
    """Return what it means that signed rows say what was removed, and how many files each did."""
    count = sum(files for _removal, files in told)
    rows = [
        _("seal {number} of {day}, {why}: {count}").format(
            number=one.row, day=one.day, count=files, why=one.why
        )
        for one, files in told[-_MOST_PLACES:]
    ]
    if len(told) > len(rows):
        rows.insert(0, "…")
    return _(
        "Sealed files that were removed by policy, as signed rows say: {count} ({rows}). Their "
        "seals stay and hold; what was in them is not here and cannot be checked here any more."
    ).format(count=count, rows="; ".join(rows))


def in_words(problem: Problem) -> tuple[Result, str]:
    """Return how bad a problem is, and a sentence with a place for `{places}`."""
    result, sentence = _SENTENCES[problem.check, problem.code]
    return result, sentence()


def summary(problems: Sequence[Problem], total: int) -> str:
    """Return the sentences of all problems of a check, each kind once with its places."""
    by_code: dict[tuple[str, str], list[str]] = {}
    for problem in problems:
        by_code.setdefault((problem.check, problem.code), []).append(problem.place)
    sentences = []
    told = 0
    for (check, code), places in by_code.items():
        shown = ", ".join(places[:_MOST_PLACES])
        sentences.append(in_words(Problem(check, code, ""))[1].format(places=shown))
        told += len(places[:_MOST_PLACES])
    if total > told:
        sentences.append(_("Places not listed here: {count}.").format(count=total - told))
    return " ".join(sentences)


_BROKEN, _UNKNOWN, _HELD = Result.BROKEN, Result.COULD_NOT_CHECK, Result.HELD
_SENTENCES: dict[tuple[str, str], tuple[Result, Callable[[], str]]] = {
    ("store.identity", "no_identity"): (
        _BROKEN,
        lambda: _("The file that says which store this is ({places}) is missing or damaged."),
    ),
    ("store.identity", "other_store"): (
        _BROKEN,
        lambda: _("These seals were made for another store: {places}."),
    ),
    ("log.rows", "no_row"): (
        _BROKEN,
        lambda: _("Lines of the log are damaged or were changed ({places})."),
    ),
    ("log.rows", "no_fragment"): (
        _BROKEN,
        lambda: _("Rows say that an unfinished line stands before them, and none does: {places}."),
    ),
    ("log.rows", "ends_torn"): (
        _UNKNOWN,
        lambda: _(
            "The log ends in the middle of a row ({places}): the program was stopped while it "
            "wrote, or the file was cut. What that row was to say is not known."
        ),
    ),
    ("log.rows", "unknown_format"): (
        _UNKNOWN,
        lambda: _("Rows of a newer format ({places}) cannot be read by this version."),
    ),
    ("log.chain", "chain"): (
        _BROKEN,
        lambda: _("The chain is broken before the rows {places}: rows were removed or changed."),
    ),
    ("seal.chain", "chain"): (
        _BROKEN,
        lambda: _("The chain is broken before the seals {places}: seals were removed or changed."),
    ),
    ("seal.chain", "gathering"): (
        _BROKEN,
        lambda: _("The seals {places} gather others that are not in this log."),
    ),
    ("seal.signature", "signature"): (
        _BROKEN,
        lambda: _("The signature does not fit the seals {places}: they were changed or forged."),
    ),
    ("seal.signature", "no_key"): (
        _UNKNOWN,
        lambda: _("The public key is missing for the seals {places}."),
    ),
    ("seal.signer", "introduced"): (
        _BROKEN,
        lambda: _("Keys were introduced in rows {places} without the word of the key before."),
    ),
    ("seal.signer", "not_introduced"): (
        _BROKEN,
        lambda: _("From rows {places} on, a key signs that was never introduced."),
    ),
    ("seal.signer", "unexpected"): (
        _BROKEN,
        lambda: _("The seals were made with another key than the expected one: {places}."),
    ),
    ("seal.signer", "lost"): (
        _UNKNOWN,
        lambda: _(
            "In rows {places} a new key goes on because the old one was lost; the old one could "
            "not vouch for it. Compare the fingerprint of the new key by another way."
        ),
    ),
    ("seal.signer", "nobody_told"): (
        _UNKNOWN,
        lambda: _(
            "The signatures hold, but nobody said whose they should be. Compare this fingerprint "
            "with the one on the case sheet or the cover of the exhibit: {places}."
        ),
    ),
    ("seal.times", "no_time"): (_BROKEN, lambda: _("The seals {places} do not say their time.")),
    ("seal.times", "order"): (
        _BROKEN,
        lambda: _("The seals {places} are older than the ones before them."),
    ),
    ("seal.times", "set_back"): (
        _HELD,
        lambda: _("The clock was set back before the seals {places}; they say so themselves."),
    ),
    ("item.present", "missing"): (_BROKEN, lambda: _("Sealed files are missing: {places}.")),
    ("item.present", "unreadable"): (
        _UNKNOWN,
        lambda: _("Sealed files cannot be read: {places}."),
    ),
    ("item.present", "link"): (
        _BROKEN,
        lambda: _("In place of sealed files there are links to somewhere else: {places}."),
    ),
    ("item.present", "path"): (
        _BROKEN,
        lambda: _("The seals {places} name files outside of the store."),
    ),
    ("item.removed", "still_here"): (
        _BROKEN,
        lambda: _(
            "A signed row says that these files were removed, and they are here: {places}. The "
            "removal was not finished, or somebody put them back."
        ),
    ),
    ("item.removed", "not_vouched"): (
        _BROKEN,
        lambda: _(
            "The seals {places} say that files were removed, but their key has no word of the key "
            "that sealed those files: anybody could have written them."
        ),
    ),
    ("item.removed", "misnamed"): (
        _BROKEN,
        lambda: _("The seals {places} name other files than the seals that they speak of."),
    ),
    ("item.removed", "unknown"): (
        _BROKEN,
        lambda: _("The seals {places} say that something was removed that was never sealed here."),
    ),
    ("item.bytes", "changed"): (
        _BROKEN,
        lambda: _("These files are not, byte for byte, what was sealed: {places}."),
    ),
    ("item.records", "records"): (
        _BROKEN,
        lambda: _("The records in these files are not as their seals describe them: {places}."),
    ),
    ("item.unsealed", "unsealed"): (
        _UNKNOWN,
        lambda: _(
            "Records without a seal lie here: {places}. The program was stopped before it could "
            "seal them, or they were added, or their seals were removed. Nothing vouches for them."
        ),
    ),
}
