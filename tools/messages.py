"""Keeps the catalogues of the interface: collects the sentences, updates .po files, compiles .mo.

`--check` only compares: it fails when a sentence is missing from a catalogue, when a translation
lost a placeholder, or when a compiled catalogue is older than its text.
"""

import io
import json
import os
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from habeas.names.explain import SENTENCES, VERDICTS
from habeas.names.reasons import PARTS, RULES
from habeas.reading import rules as reading_rules
from habeas.reading import words
from habeas.reading.overlap import ASSUMPTIONS

READING = (
    reading_rules.RULES, reading_rules.CHECKS, words.EVENTS, words.UNITS, words.SIZES,
    words.LANGUAGES, dict(enumerate(ASSUMPTIONS)),
)  # fmt: skip
ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "habeas"
LOCALE = SOURCE / "locale"
# The pages of the site speak through Django's own catalogues.
ELSEWHERE = (SOURCE / "site", SOURCE / "watch" / "pages")
# Written by hand: Babel, Django and CLDR disagree on the plural forms of ru, tg and uz.
# The file for strangers carries the translations of its own sentences in itself.
STRANGER = SOURCE / "evidence" / "verifying" / "verify.py"
_WORDS = re.compile(r"(?<=\n# fmt: off\n)WORDS.*?(?=# fmt: on\n)", re.DOTALL)
PLURALS = {
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<10 || n%100>=20) ? 1 : 2);",
    "tg": "nplurals=2; plural=(n != 1);",
    "uz": "nplurals=1; plural=0;",
}
_PLACEHOLDER = re.compile(r"\{[a-z_]*\}")


def collected() -> Catalog:
    """Return all sentences of the source, without places: line numbers would change every diff."""
    catalog = Catalog(project="habeas", charset="utf-8")
    keywords = {"_": None, "marked": None, "gettext": None, "in_language": (1,), "ngettext": (1, 2)}
    for found in extract_from_dir(str(SOURCE), keywords=keywords, directory_filter=_ours):
        catalog.add(found[2], auto_comments=found[3])
    # Reasons, rules and the words of a table are looked up by key, so no call names them.
    every = (PARTS, RULES, SENTENCES, VERDICTS, *READING)
    for sentence in (one for table in every for one in table.values()):
        catalog.add(sentence)
    return catalog


def _ours(folder: str | os.PathLike[str]) -> bool:
    path = Path(folder)
    return path not in ELSEWHERE and not path.name.startswith((".", "_"))


def path_of(language: str, suffix: str) -> Path:
    """Return where a catalogue lies."""
    return LOCALE / language / "LC_MESSAGES" / f"habeas.{suffix}"


def read(language: str) -> Catalog:
    """Return the catalogue of a language, empty where there is none yet."""
    path = path_of(language, "po")
    if not path.exists():
        return Catalog(locale=language, project="habeas")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalog: Catalog, language: str) -> bytes:
    """Return the compiled form, with our own plural rule in its header."""
    buffer = io.BytesIO()
    _own_plurals(catalog, language)
    write_mo(buffer, catalog)
    return buffer.getvalue()


def _own_plurals(catalog: Catalog, language: str) -> None:
    count, rule = PLURALS[language].split(";")[:2]
    # Babel offers no setter.
    vars(catalog).update(
        _num_plurals=int(count.split("=")[1]), _plural_expr=rule.split("=", 1)[1].strip()
    )


def strangers_words() -> str:
    """Return the table of translations in `verify.py`."""
    found = extract_from_file("python", str(STRANGER), keywords={"_": None})
    sentences = list(dict.fromkeys(str(one[1]) for one in found))
    lines = ["WORDS: Dict[str, Dict[str, str]] = {"]
    for language in PLURALS:
        catalog = read(language)
        lines.append(f'    "{language}": {{')
        for sentence in sentences:
            message = catalog.get(sentence)
            if message is not None and message.string:
                key = json.dumps(sentence, ensure_ascii=False)
                lines.append(f"        {key}: {json.dumps(message.string, ensure_ascii=False)},")
        lines.append("    },")
    return "\n".join([*lines, "}", ""])


def faults(language: str) -> list[str]:
    """Return what is wrong with a catalogue, one sentence each."""
    catalog, wanted = read(language), collected()
    wrong = []
    for message in wanted:
        if not message.id:
            continue
        mine = catalog.get(message.id)
        if mine is None:
            wrong.append(f"{language}: sentence not in the catalogue: {message.id!r}")
            continue
        texts = mine.string if isinstance(mine.string, (tuple, list)) else (mine.string,)
        ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
        allowed = {name for one in ids for name in _PLACEHOLDER.findall(one)}
        wrong.extend(
            f"{language}: placeholders differ in {text!r}"
            for text in texts
            if text and set(_PLACEHOLDER.findall(text)) != allowed
        )
    path = path_of(language, "mo")
    if not path.exists() or path.read_bytes() != compiled(read(language), language):
        wrong.append(f"{language}: the compiled catalogue is out of date")
    return wrong


def update(language: str) -> None:
    """Add new sentences to a catalogue, mark gone ones obsolete, compile it."""
    catalog = read(language)
    catalog.update(collected(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    _own_plurals(catalog, language)
    path_of(language, "po").parent.mkdir(parents=True, exist_ok=True)
    with path_of(language, "po").open("wb") as file:
        write_po(file, catalog, sort_output=True, width=100, no_location=True, omit_header=False)
    path_of(language, "mo").write_bytes(compiled(read(language), language))


def run(arguments: list[str]) -> int:
    """Update or check all catalogues; return the exit code."""
    if "--check" not in arguments:
        for language in PLURALS:
            update(language)
        text = STRANGER.read_text("utf-8")
        STRANGER.write_text(_WORDS.sub(lambda _found: strangers_words(), text), "utf-8")
        return 0
    wrong = [fault for language in PLURALS for fault in faults(language)]
    if strangers_words() not in STRANGER.read_text("utf-8"):
        wrong.append("verify.py: its translations are out of date")
    sys.stderr.writelines(f"{fault}\n" for fault in wrong)
    if wrong:
        sys.stderr.write("Run `make messages`, then translate what is new.\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
