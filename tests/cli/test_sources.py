"""`habeas sources`: proposals, directories and checks as a user runs them, against the replica."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from examples import folder_of
from visits import START

from habeas.replica import Fault, FaultKind, Replica, Script, serving
from habeas.replica.crowd import crowd
from habeas.sources.describing import from_toml

COURTS = ("nebylovo.sudrf.ru", "nebylovo.sudrf.ru#2", "oblsud.nebylovo.sudrf.ru", "2kas.sudrf.ru")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Ran]:
    def habeas(*arguments: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "habeas.cli", "--lang", "en", *arguments],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            cwd=tmp_path,
            env={"PATH": "", "HABEAS_HOME": str(tmp_path / "home"), "HOME": str(tmp_path)},
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    return habeas


@pytest.fixture
def replica() -> Iterator[Replica]:
    days = range(-400, 400)
    entries = [
        *crowd("ru_sudrf", COURTS[:3], range(0), each=1),
        *crowd("ru_sudrf", COURTS[:3], range(1), each=1),
        *crowd("ru_sudrf_cassation", COURTS[3:], range(1), each=1),
        *crowd("tj_mvd", [""], range(-2, 1), each=1),
        *crowd("ru_mosgorsud", ["tverskoj"], days, each=1),
    ]
    with serving(Script(START, tuple(entries))) as running:
        yield running


def _at(replica: Replica) -> list[str]:
    pairs = [f"{host}={place}" for host, place in replica.at.items()]
    return ["--ca", str(replica.ca), *(part for pair in pairs for part in ("--replica", pair))]


# --- new -----------------------------------------------------------------------------------------

_PAGES = {
    "table": ("table/hearings.html", "https://court.example/hearings?day=24.11.2026"),
    "roster": ("roster/page1.html", "https://jail.example/roster"),
    "feed": ("feed/rss.xml", "https://lenta.example/rss.xml"),
    "sitemap": ("sitemap/notices.xml", "https://karta.example/sitemap-notices.xml"),
    "telegram": ("telegram/channel.html", ""),
    "pdf_list": ("pdf_list/list.html", "https://pdf.example/lists/"),
}


def _saved(kind: str) -> Path:
    folder, name = _PAGES[kind][0].split("/")
    return folder_of(f"xx_{folder}") / "pages" / name


@pytest.mark.parametrize("kind", _PAGES)
def test_a_proposal_reads_the_page_once_a_person_has_filled_it_in(
    kind: str, run: Callable[..., Ran]
) -> None:
    url = _PAGES[kind][1]
    done = run("sources", "new", str(_saved(kind)), *(("--url", url) if url else ()))
    assert done.code == 0
    assert f"proposal of the kind “{kind}”. Nothing is watched by it yet." in done.err
    assert "It would read" in done.err
    assert "Only you can fill in: title" in done.err
    text = done.out
    assert f'kind = "{kind}"' in text
    assert 'blind_spots = "?"' in text
    for key in ("title", "jurisdiction", "blind_spots", "name", "lang", "url"):
        text = text.replace(f'{key} = "?"', f'{key} = "en"')
    source = from_toml("xx_kept", text)
    assert source.kind == kind


def test_every_column_is_proposed_with_what_it_holds(run: Callable[..., Ran]) -> None:
    text = run("sources", "new", str(_saved("table")), "--url", _PAGES["table"][1]).out
    for line in (
        '"№" = "n"',
        '"Участники" = "parties"',
        '"Судья" = "official"',
        '"Номер дела" = "case_number"',
        '"Примечание" = "fact"',
        'addresses = ["https://court.example/hearings?day={day}"]',
        'day = "%d.%m.%Y"',
        'counter = "Всего дел"',
        'identity = "Номер дела"',
        'table = "table.hearings"',
    ):
        assert line in text
    assert text.count("check") >= 10


def test_a_page_that_lists_nobody_is_not_guessed_at(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><p>Welcome</p><table><tr><td>1</td></tr></table></body></html>")
    done = run("sources", "new", str(page))
    assert done.code == 2
    assert "No source can be proposed" in done.err
    assert done.out == ""
    assert run("sources", "new", str(tmp_path / "none.html")).code == 2


def test_an_incomplete_proposal_is_kept_as_a_draft_that_nothing_reads(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    arguments = ("sources", "new", str(_saved("table")), "--url", _PAGES["table"][1], "--save")
    assert run(*arguments, "Court").code == 2
    done = run(*arguments, "kz_court")
    draft = tmp_path / "home" / "sources" / "kz_court.toml.draft"
    assert done.code == 0
    assert "Kept as a draft" in done.err
    assert draft.read_text("utf-8") == done.out
    assert "kz_court" not in run("sources", "list").out
    assert run(*arguments, "kz_court").code == 2  # nothing is overwritten
    text = draft.read_text("utf-8").replace('"?"', '"KZ"')
    draft.with_suffix("").write_text(text, "utf-8")
    assert "kz_court" in run("sources", "list").out
    shown = run("sources", "show", "kz_court").out
    assert "Kind: table" in shown


def test_a_broken_description_stops_by_name(run: Callable[..., Ran], tmp_path: Path) -> None:
    folder = tmp_path / "home" / "sources"
    folder.mkdir(parents=True)
    (folder / "kz_court.toml").write_text('kind = "table"\n', "utf-8")
    done = run("sources", "list")
    assert done.code == 2
    assert "kz_court.toml" in done.err


# --- courts --------------------------------------------------------------------------------------

_BY_REGION = {
    "22": [
        {
            "court_id": "22RS0001",
            "court_name": "Небыловский городской суд (Несуществующий край)",
            "court_website": "http://nebylovo.sudrf.ru",
            "srv": ["1", "2"],
        },
        {
            "court_id": "77RS0001",
            "court_name": "Вымышленный районный суд",
            "court_website": "https://mos-gorsud.ru/rs/vymysel",
            "srv": ["1"],
        },
    ],
    "99": [
        {"court_id": "99KJ0002", "court_name": "Кассационный суд",
         "court_website": "2kas.sudrf.ru", "srv": ["1"]},
    ],
}  # fmt: skip
_FIELDS = [
    {"fields": {"title": "Сказочный районный суд", "url": "http://skazka.sudrf.ru", "region": 5}},
    {"fields": {"title": "Закрытый суд", "url": "http://z.sudrf.ru", "not_available": True}},
    {"fields": {"title": "Небыловский суд", "url": "http://nebylovo.sudrf.ru", "region": 22}},
]


def test_files_of_known_shapes_become_one_directory_for_each_source(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_text(json.dumps(_BY_REGION), "utf-8")
    done = run("sources", "courts", "update", "a.json")
    assert done.code == 0
    assert "ru_sudrf: 2 courts" in done.out
    assert "ru_sudrf_cassation: 1 courts" in done.out
    assert "1 entries of a.json are on other platforms" in done.err
    listed = run("sources", "courts", "list", "--csv").out
    assert listed == "source,court\nru_sudrf,nebylovo.sudrf.ru\nru_sudrf,nebylovo.sudrf.ru#2\n"
    assert run("sources", "courts", "list", "городской", "небыл").code == 0
    assert run("sources", "courts", "list", "--region", "05").code == 1
    # Another file that knows no buildings does not forget them; earlier files stay.
    (tmp_path / "b.json").write_text(json.dumps(_FIELDS), "utf-8")
    assert "ru_sudrf: 3 courts" in run("sources", "courts", "update", "b.json").out
    assert "nebylovo.sudrf.ru#2" in run("sources", "courts", "list").out
    (tmp_path / "c.csv").write_text("court,title\nnovyj.sudrf.ru#3,Новый суд\n", "utf-8")
    assert run("sources", "courts", "update", "c.csv").code == 0
    assert "novyj.sudrf.ru#3" in run("sources", "courts", "list", "новый").out
    assert len(list((tmp_path / "home" / "courts").glob("ru_sudrf-*.json"))) >= 2


@pytest.mark.parametrize("text", ["", "{}", "[]", "name\nx\n", '{"22": [{"court_website": "x"}]}'])
def test_what_is_no_directory_changes_nothing(
    text: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_text(text, "utf-8")
    done = run("sources", "courts", "update", "a.json")
    assert done.code == 2
    assert "is no directory of courts" in done.err
    assert not (tmp_path / "home" / "courts").exists()


def test_the_portal_is_asked_region_by_region_and_a_failure_keeps_the_old(
    run: Callable[..., Ran], replica: Replica, tmp_path: Path
) -> None:
    arguments = ("sources", "courts", "update", "--portal", "--region", "22", *_at(replica))
    done = run(*arguments)
    assert done.code == 0, done.err
    assert "ru_sudrf: 2 courts" in done.out
    assert "ru_sudrf_cassation: 1 courts" in done.out
    assert list((tmp_path / "captures").rglob("*.warc.gz"))
    replica.order(Fault(FaultKind.CAPTCHA, host="sudrf.ru"))
    failed = run(*arguments)
    assert failed.code == 3
    assert "Region 22 could not be read: captcha." in failed.err
    assert "nebylovo.sudrf.ru" in run("sources", "courts", "list").out
    assert run("sources", "courts", "update", "--region", "22").code == 2
    assert run("sources", "courts", "update").code == 2


# --- check ---------------------------------------------------------------------------------------


def test_a_check_says_what_can_be_read_and_why_not(
    run: Callable[..., Ran], replica: Replica, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(f"court\n{COURTS[0]}\n{COURTS[2]}\n", "utf-8")
    assert run("sources", "courts", "update", "a.csv").code == 0
    replica.order(Fault(FaultKind.SELF_SIGNED, source="kg_acts"))
    replica.order(Fault(FaultKind.CAPTCHA, source="tj_sud"))
    replica.order(Fault(FaultKind.SLOW, source="ru_vsrf", seconds=20.0))
    done = run("sources", "check", "--json", "--patience", "2", *_at(replica))
    by_url = {line["url"].split("/")[2]: line for line in done.lines}
    assert done.code == 3
    assert by_url["act.sot.kg"]["reason"] == "tls"
    assert by_url["sino.sud.tj"]["reason"] == "captcha"
    assert by_url["vsrf.ru"]["reason"] == "down"
    assert by_url["www.mvd.tj"]["readable"] is True
    assert by_url["www.mvd.tj"]["rows"] == 3
    # Both layouts of the courts in the user's directory.
    assert {COURTS[0], COURTS[2]} <= by_url.keys()
    assert by_url[COURTS[0]]["readable"] is True
    assert "us_ice_locator" in done.err
    alone = run("sources", "check", "tj_mvd", *_at(replica))
    assert alone.code == 0
    assert "●  tj_mvd (www.mvd.tj)" in alone.out
    assert "1 of 1 can be reached and read from here." in alone.err
