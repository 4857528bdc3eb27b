"""The sheet that lies on top of an exhibit: what it is and how to check it, in four languages."""

import textwrap
from collections.abc import Iterator
from functools import partial

from habeas.evidence.exhibit.parts import Say, groups
from habeas.evidence.exhibit.telling import Told
from habeas.evidence.exhibit.vouching import openssl_commands
from habeas.language import LANGUAGES, in_language

_WIDTH = 96
_NAMES = {"en": "English", "ru": "Русский", "tg": "Тоҷикӣ", "uz": "Oʻzbekcha"}


def sheet(told: Told) -> str:
    """Return the text of the sheet."""
    lines = [f"habeas · {told.exhibit_id}", ""]
    for language in LANGUAGES:
        _: Say = partial(in_language, language=language)
        lines += [_NAMES[language], "=" * len(_NAMES[language]), ""]
        for paragraph in _paragraphs(_):
            lines += [*textwrap.wrap(paragraph, _WIDTH), ""]
        lines += _commands(told, _)
    lines += ["openssl", "=======", "", *openssl_commands(told), ""]
    lines += ["SHA-256", "=======", "", f"{told.verifier_sha256}  verify.py", ""]
    return "\n".join(lines)


def _paragraphs(_: Say) -> Iterator[str]:
    yield _(
        "This folder shows what a web page said, and when it was recorded. The PDF files say it on "
        "paper; the file that ends in .wacz holds the recording itself, with its seals; verify.py "
        "checks all of it. Keep the folder as it is: any change breaks its seal."
    )
    yield _(
        "To check it, run the command below in this folder. It needs Python 3.8 or newer and "
        "openssl "
        "3, and no network. Take the fingerprint from the case sheet or from its owner, not from "
        "this folder: whoever forges the folder can forge this sheet too."
    )
    yield _(
        "To see the recorded page, open the .wacz file with a replay program, for example "
        "ReplayWeb.page. Do not open the address itself if nobody is to know that you look."
    )


def _commands(told: Told, _: Say) -> Iterator[str]:
    yield "  python3 verify.py --signer " + _("FINGERPRINT")
    yield ""
    yield _("Fingerprint of whoever sealed this folder:")
    yield "  " + groups(told.signer)
    yield ""
