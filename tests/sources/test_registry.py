"""Sources are found by their folders; a description that cannot be used says why."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from habeas.errors import SourceBroken, SourceUnknown
from habeas.sources import registry
from habeas.sources.contract import Capture, Obstacle, Outcome, Query
from habeas.sources.kinds import KINDS, adapter_of, example_of
from habeas.sources.kinds.settings import Settings
from habeas.sources.registry import Politeness, Source

DOCUMENT = Path(__file__).parents[2] / "docs" / "reference" / "source-toml.md"
WHOLE = """
title = "Invented court"
publisher = { name = "Суди бофта", lang = "tg", url = "https://example.org/" }
jurisdiction = "TJ"
scripts = ["Cyrl"]
hosts = ["example.org"]
every = "P1D"
blind_spots = "Everything: it is invented."
"""


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "tj_invented"
    folder.mkdir()
    (folder / "source.toml").write_text(WHOLE, "utf-8")
    (tmp_path / "notes").mkdir()
    monkeypatch.setattr(registry, "files", lambda _package: tmp_path)
    registry.sources.cache_clear()
    yield tmp_path
    registry.sources.cache_clear()


def test_a_folder_with_a_description_is_a_source(catalog: Path) -> None:
    assert catalog.is_dir()
    (source,) = registry.sources()
    assert source.id == "tj_invented"
    assert source.publisher == "Суди бофта"
    assert source.politeness == Politeness()
    assert not source.by_name


@pytest.mark.parametrize("key", [line.split(" = ")[0] for line in WHOLE.strip().splitlines()])
def test_a_missing_key_names_folder_and_key(catalog: Path, key: str) -> None:
    kept = [line for line in WHOLE.splitlines() if not line.startswith(f"{key} =")]
    (catalog / "tj_invented" / "source.toml").write_text("\n".join(kept), "utf-8")
    with pytest.raises(SourceBroken) as caught:
        registry.sources()
    assert "tj_invented" in caught.value.happened
    assert key in caught.value.happened
    assert "source-toml.md" in caught.value.advice


@pytest.mark.parametrize("addition", ["politeness = { speed = 3 }", "title = "])
def test_a_wrong_key_or_broken_file_is_refused(catalog: Path, addition: str) -> None:
    (catalog / "tj_invented" / "source.toml").write_text(WHOLE + addition, "utf-8")
    with pytest.raises(SourceBroken):
        registry.sources()


def test_an_unknown_source_lists_those_there_are(catalog: Path) -> None:
    assert catalog.is_dir()
    with pytest.raises(SourceUnknown) as caught:
        registry.source("tj_nowhere")
    assert "tj_invented" in caught.value.advice


def test_hosts_are_served_exactly_or_all_below_a_dot() -> None:
    source = registry.source("ru_mosgorsud")
    assert source.serves("mos-gorsud.ru")
    assert not source.serves("evil-mos-gorsud.ru")
    below = replace(source, hosts=(".sudrf.ru",))
    assert below.serves("sudrf.ru")
    assert below.serves("zarechny--ens.sudrf.ru")
    assert not below.serves("notsudrf.ru")


def test_a_page_of_nobody_is_read_by_nobody() -> None:
    assert registry.read(Capture(b"<p>weather", "https://weather.example/")) is None


def _settings_of(kind: str) -> set[str]:
    """Return every setting that a kind asks for, its defaults included."""
    asked: set[str] = set()

    class Noting(Settings):
        def take(self, key: str, kind: type, default: object = None) -> Any:
            asked.add(key)
            return super().take(key, kind, default)

    plain = tomllib.loads(example_of(kind))
    adapter_of(kind, "xx_example", Noting(plain["read"], "read"), lambda _host: True)
    return asked


def test_the_reference_describes_every_key_and_no_other() -> None:
    text = DOCUMENT.read_text("utf-8")
    described = set(re.findall(r"^\| `([a-z0-9_.]+)` \|", text, re.MULTILINE))
    keys = {field.name for field in fields(Source)}
    expected = keys - {"id", "publisher", "publisher_lang", "home", "mentions", "politeness"}
    expected |= {"publisher.name", "publisher.lang", "publisher.url"}
    expected |= {"expect.mentions_min", "expect.mentions_max"}
    expected |= {f"politeness.{field.name}" for field in fields(Politeness)}
    expected |= {"extra_ca.name", "extra_ca.sha256"}
    expected -= {"extra_ca", "bound", "described"}
    expected |= {f"read.{key}" for kind in KINDS for key in _settings_of(kind)}
    assert described == expected


def test_the_example_of_the_reference_is_a_valid_description(catalog: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert example is not None
    (catalog / "tj_invented" / "source.toml").write_text(example.group(1), "utf-8")
    (source,) = registry.sources()
    assert source.title


HOW_TO = DOCUMENT.parents[1] / "how-to" / "add-a-source.md"


def test_the_adapter_of_the_how_to_works() -> None:
    example = re.search(r"```python\n(.*?)```", HOW_TO.read_text("utf-8"), re.DOTALL)
    assert example is not None
    adapter: dict[str, Any] = {}
    exec(compile(example.group(1), str(HOW_TO), "exec"), adapter)
    text = (
        "<html><table class=list><tr><th>№<th>Рақам<th>Тараф<tr><td>1<td>5-1<td>Афсонаев Н.</table>"
    )
    page = adapter["parse"](Capture(f"{text}</html>".encode(), status=200))
    assert page.outcome is Outcome.FOUND
    assert [mention.printed for mention in page.mentions] == ["Афсонаев Н."]
    cut = adapter["parse"](Capture(text.encode(), status=200))
    assert cut.obstacle is Obstacle.INCOMPLETE
    assert cut.mentions == page.mentions
    renamed = adapter["parse"](Capture(text.replace("Тараф", "Ном").encode(), status=200))
    assert renamed.obstacle is Obstacle.LAYOUT_CHANGED
    assert [r.url for r in adapter["plan"](Query(days=(date(2026, 11, 24),), names=("A",)))] == [
        "https://court.example/list?day=24.11.2026"
    ]
