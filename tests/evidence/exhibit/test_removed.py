"""Exhibits and removal: what was handed out stays whole, what was removed goes into none."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sealed_stores import page, sealer

from habeas.errors import RecordRemoved
from habeas.evidence import Kept, Store
from habeas.evidence.exhibit.facts import CaptureFacts
from habeas.evidence.exhibit.folder import Exhibit, Plan, make_exhibit
from habeas.evidence.rendering import Rendering, rendering_records
from habeas.evidence.seals.removals import Reason
from habeas.evidence.seals.removing import planned, remove
from habeas.evidence.verifying import verify as stranger
from habeas.evidence.verifying.inside import Expectations, verify

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def _plain(one: CaptureFacts) -> CaptureFacts:
    return replace(one, text="An invented page.")


def _made(store: Store, *kept: Kept) -> Exhibit:
    plan = Plan(store.folder.parent / "out", ("en",), _plain, now=lambda: NOW)
    return make_exhibit(store.chain, [one.path for one in kept], plan)


def _states(path: Path, signer: str) -> dict[str, str]:
    """Return the state of each check, for habeas and for a stranger, who must agree."""
    tools = stranger.Tools()
    tools.signer = signer
    theirs = stranger.verify(str(path), tools)
    ours = verify(path, Expectations(signer), processes=1)
    told = {one.name: one.state for one in ours.checks if one.found}
    assert told == {one.name: one.state for one in theirs.checks if one.found}
    return told


def test_an_exhibit_keeps_its_own_copy_and_still_holds(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", sealer(tmp_path))
    kept = store.keep(page())
    made = _made(store, kept)
    plan = planned(store.chain, [kept.record_id])
    assert plan.exhibits == (made.exhibit_id,)
    removed = remove(store.chain, [kept.record_id], reason=Reason.RETENTION)
    assert removed.exhibits == (made.exhibit_id,)
    states = _states(made.folder, made.signer)
    assert set(states.values()) <= {"held", "note"}, states


def test_no_exhibit_is_made_of_what_was_removed(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", sealer(tmp_path))
    kept, other = store.keep(page()), store.keep(page(b"another"))
    remove(store.chain, [kept.record_id], reason=Reason.CONSENT)
    with pytest.raises(RecordRemoved) as caught:
        _made(store, other, kept)
    file = kept.path.relative_to(store.folder).as_posix()
    assert str(caught.value) == (
        f"{file} was removed by policy on 2026-11-23 (consent ended). Its seal and its place in "
        "the log are kept; what was in it is not. An exhibit that was made before still holds its "
        "own copy. `habeas seals check` shows the row that says so."
    )
    assert list((tmp_path / "out").iterdir()) == []
    made = _made(store, other)
    assert "removed" not in _states(made.folder, made.signer).values()


def test_of_a_removed_picture_the_exhibit_says_so(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", sealer(tmp_path))
    kept = store.keep(page())
    drawn = Rendering(
        picture=b"\x89PNG\r\n\x1a\n an invented picture",
        dom=b"<p>",
        moment=NOW,
        program="Chromium 1",
        width=1,
        height=1,
        cut=False,
        scripts=False,
        parts=(),
        left_out={},
    )
    records, note_id = rendering_records(kept, drawn)
    note = store.add_note(kept, records, note_id, moment=NOW)
    remove(store.chain, [note.record_id], reason=Reason.REQUEST)
    made = _made(store, kept)
    states = _states(made.folder, made.signer)
    assert states.pop("item.removed") == "removed"
    assert set(states.values()) <= {"held", "note"}, states
    assert made.captures[0].sealed is None
