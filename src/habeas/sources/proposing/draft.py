"""A description in the making: values, what each rests on, and how it is written down."""

import json
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from habeas.language import _
from habeas.sources.contract import Capture
from habeas.sources.tables import text_of

OPEN = "?"
_COUNTRIES = {
    "ru": "RU", "su": "RU", "tj": "TJ", "kz": "KZ", "kg": "KG", "uz": "UZ", "by": "BY", "tm": "TM",
    "am": "AM", "az": "AZ", "ge": "GE", "md": "MD", "ua": "UA", "tr": "TR", "us": "US", "gov": "US",
}  # fmt: skip
_LANG = re.compile(r"[a-z]{2}")


@dataclass
class Draft:
    """Values of a description, each as TOML, with a note where it was inferred.

    Attributes:
        kind: of the source.
        read: the table `[read]`: key -> (TOML, note).
        columns: headings with what they hold and a note.
        remarks: sentences for the reader.
    """

    kind: str
    capture: Capture
    read: dict[str, tuple[str, str]] = field(default_factory=dict)
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    letters: str = ""

    def text(self) -> str:
        """Return the description."""
        head = [
            _line("kind", quoted(self.kind), ""),
            _line("title", quoted(OPEN), _("what is published there, in English")),
            self._publisher(),
            _line("jurisdiction", *self._jurisdiction()),
            _line("scripts", json.dumps(_scripts(self.letters)), _("check")),
            _line("hosts", self._hosts(), ""),
            _line("every", quoted("P1D"), _("check: how often new entries can appear")),
            _line("blind_spots", quoted(OPEN), _("what absence there does not prove")),
            "",
            "[read]",
            *(_line(key, *value) for key, value in self.read.items()),
        ]
        if self.columns:
            head += ["", "[read.columns]"]
            head += [_line(quoted(name), *value) for name, value in self.columns.items()]
        return "\n".join(head) + "\n"

    def open(self) -> tuple[str, ...]:
        """Return the keys that only a person can fill in."""
        keys = ("title", "name", "lang", "url", "jurisdiction", "hosts", "blind_spots", "addresses")
        text = self.text()
        return tuple(key for key in keys if re.search(_open_of(key), text))

    @staticmethod
    def answered(text: str, key: str, answer: str) -> str:
        """Return a description with an answer in the place of a question mark."""
        return re.sub(_open_of(key), lambda found: f"{found.group(1)}{quoted(answer)}", text)

    def _publisher(self) -> str:
        tree = self.capture.tree
        site = tree.css_first("meta[property='og:site_name']")
        name = (site.attributes.get("content") or "").strip() if site is not None else ""
        name = name or text_of(tree.css_first("title")) or OPEN
        root = tree.css_first("html[lang]")
        lang = _LANG.match((root.attributes.get("lang") or "").lower() if root is not None else "")
        home = self._home()
        value = (
            f"{{ name = {quoted(name[:120])}, lang = {quoted(lang.group() if lang else OPEN)}, "
            f"url = {quoted(home or OPEN)} }}"
        )
        return _line("publisher", value, _("check: name in its own script, its language"))

    def _jurisdiction(self) -> tuple[str, str]:
        country = _COUNTRIES.get(self.host.rpartition(".")[2], OPEN)
        note = _("country, two letters") if country == OPEN else _("check")
        return quoted(country), note

    def _hosts(self) -> str:
        return json.dumps([self.host or OPEN])

    @property
    def host(self) -> str:
        """The host of the page, empty where its address is not known."""
        try:
            return urlsplit(self.capture.url).hostname or ""
        except ValueError:
            return ""

    def _home(self) -> str:
        parts = urlsplit(self.capture.url) if self.host else None
        return f"{parts.scheme}://{parts.netloc}/" if parts is not None else ""


def _open_of(key: str) -> str:
    listed = r"\[" if key in {"hosts", "addresses"} else ""
    return rf'(\b{key} = {listed})"\?"'


def _line(key: str, value: str, note: str) -> str:
    return f"{key} = {value}" + (f"  # {note}" if note else "")


def quoted(text: str) -> str:
    """Return a text as a TOML string (TOML 1.0: its basic strings are JSON's, but for DEL)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def listed(*texts: str) -> str:
    """Return texts as a TOML list."""
    return "[" + ", ".join(quoted(one) for one in texts) + "]"


def _scripts(letters: str) -> list[str]:
    """Return the scripts of some text, ISO 15924, the most frequent first."""
    counts = {
        "Cyrl": sum("\u0400" <= c <= "\u04ff" for c in letters),
        "Latn": sum(c.isalpha() and c < "\u0250" for c in letters),
        "Arab": sum("\u0600" <= c <= "\u06ff" for c in letters),
    }
    found = [name for name, count in sorted(counts.items(), key=lambda one: -one[1]) if count > 3]
    return found or ["Latn"]
