"""Collects the sentences of the pages: from their templates and their code.

Run as a program it brings the catalogues up to date: new sentences are added empty, and compiled.
"""

import io
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize
from uzbek_cyrillic import cyrillic

from habeas.sources.registry import sources

__all__ = ["cyrillic"]

SOURCE = Path(__file__).parents[2] / "src" / "habeas"
LOCALE = SOURCE / "site" / "locale"
LANGUAGES = ("ru", "tg", "uz")
DERIVED = "uz_Cyrl"
"""The catalogue that is turned from the Latin Uzbek one, letter by letter."""
# Written by hand: Babel, Django and CLDR disagree on the plural forms of ru, tg and uz.
PLURALS = {
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<10 || n%100>=20) ? 1 : 2);",
    "tg": "nplurals=2; plural=(n != 1);",
    "uz": "nplurals=1; plural=0;",
}
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]")
_KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "gettext": None,
    "say": None,
    "later": None,
    "ngettext": (1, 2),
    "say_n": (1, 2),
}


def collected() -> Catalog:
    """Return every sentence of the pages, in the order of the files."""
    catalog = Catalog(project="habeas", charset="utf-8")
    pages = ("site/**/*.html", "watch/templates/**/*.html", "cases/**/*.html")
    code = ("site/**/*.py", "watch/pages/*.py", "cases/**/*.py")
    for path in sorted(path for pattern in pages for path in SOURCE.glob(pattern)):
        _add(catalog, templatize(path.read_text("utf-8"), origin=path.name))
    for path in sorted(path for pattern in code for path in SOURCE.glob(pattern)):
        _add(catalog, path.read_text("utf-8"))
    return catalog


def told_of_sources() -> Catalog:
    """Return what the catalogue says of its sources: their titles, and what absence leaves open."""
    catalog = Catalog()
    for source in sources():
        catalog.add(source.title)
        catalog.add(source.blind_spots)
    return catalog


def _add(catalog: Catalog, code: str) -> None:
    file = io.BytesIO(code.encode())
    for _line, message, comments, _context in extract(
        "python", file, keywords=_KEYWORDS, options={"encoding": "utf-8"}
    ):
        catalog.add(message, auto_comments=comments)


def path_of(language: str, suffix: str) -> Path:
    """Return where a catalogue lies."""
    return LOCALE / language / "LC_MESSAGES" / f"django.{suffix}"


def kept(language: str) -> Catalog:
    """Return a catalogue as its .po file has it."""
    with path_of(language, "po").open("rb") as file:
        return read_po(file, locale=None, charset="utf-8")


def update(language: str, given: Mapping[str, str | tuple[str, ...]] | None = None) -> None:
    """Bring one catalogue up to date, keeping what is translated; sentences gone are dropped.

    Args:
        language: one of `LANGUAGES`.
        given: further translations, by (singular) sentence.
    """
    given = given or {}
    path = path_of(language, "po")
    known = kept(language) if path.exists() else Catalog()
    fresh = Catalog(project="habeas", charset="utf-8", fuzzy=False)
    fresh.mime_headers = [("Plural-Forms", PLURALS[language])]
    for message in [*collected(), *told_of_sources()]:
        if message.id:
            old = known.get(message.id)
            key = message.id if isinstance(message.id, str) else message.id[0]
            fresh.add(message.id, string=given.get(key) or (old.string if old else ""))
    _write(language, fresh, PLURALS[language])


def derive() -> None:
    """Turn the Latin Uzbek catalogue into the Cyrillic one."""
    fresh = Catalog(project="habeas", charset="utf-8", fuzzy=False)
    fresh.mime_headers = [("Plural-Forms", PLURALS["uz"])]
    for message in kept("uz"):
        if message.id:
            said = message.string
            turned = cyrillic(said) if isinstance(said, str) else tuple(map(cyrillic, said or ()))
            fresh.add(message.id, string=turned)
    _write(DERIVED, fresh, PLURALS["uz"])


def _write(language: str, fresh: Catalog, plurals: str) -> None:
    path = path_of(language, "po")
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.BytesIO()
    write_po(text, fresh, width=100, omit_header=True)
    header = (
        f'msgid ""\nmsgstr ""\n"Project-Id-Version: habeas\\n"\n"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {plurals}\\n"\n\n'
    )
    path.write_text(header + text.getvalue().decode("utf-8"), "utf-8")


def compile_(language: str) -> None:
    """Write the .mo beside the .po, with the gettext programs: their answer is reproducible."""
    subprocess.run(
        [
            "msgfmt",
            "--check-format",
            "-o",
            str(path_of(language, "mo")),
            str(path_of(language, "po")),
        ],
        check=True,
    )


def main() -> None:
    """Update and compile all catalogues."""
    for language in LANGUAGES:
        update(language)
        compile_(language)
    derive()
    compile_(DERIVED)


if __name__ == "__main__":
    main()
