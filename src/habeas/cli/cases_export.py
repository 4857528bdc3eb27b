"""`habeas cases export`: hands people out in a format, to a file, however many they are."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from habeas.cli.by_whom import as_user
from habeas.errors import Exit, FormatUnfit, NobodyAgreed
from habeas.language import _, ngettext

if TYPE_CHECKING:
    from habeas.cases.sharing import handing

_CIRCLES = ("internal", "lawyer", "monitor", "un", "public")


@click.command("export")
@click.argument("format_key", metavar="FORMAT")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--for", "circle", type=click.Choice(_CIRCLES), required=True, help="Who reads it.")
@click.option("--to", "recipient", required=True, help="Who gets it, in words; taken down.")
@click.option("--case", "codes", multiple=True, help="Code of a case; all people without it.")
@click.option("--lang", default="en", show_default=True, help="Language of labels and sentences.")
@click.option("--key", default="", help="The recipient's public key, for an encrypted bundle.")
@click.option("--dry-run", is_flag=True, help="Only say who and what would leave.")
@as_user
def export(format_key: str, file: Path, circle: str, recipient: str, **more: object) -> int:
    """Hand people out in FORMAT, to a new FILE; only those who agreed to it.

    The codes of those who leave are printed; those who stay are named on stderr, each with the
    consent that is missing. Nothing is overwritten.
    """
    from habeas.cases.sharing import gate, handing
    from habeas.cases.sharing.contract import Occasion, formats

    found = formats()
    if format_key not in found:
        raise FormatUnfit(
            _("there are only the formats {formats}").format(formats=", ".join(found))
        )
    occasion = Occasion(
        now=datetime.now(UTC),
        lang=str(more["lang"]),
        by=str(more["user_name"]),
        recipient=recipient,
        circle=circle,
        key=str(more["key"]),
        whole=not more["codes"],
    )
    codes = more["codes"]
    people = _people([str(one) for one in codes] if isinstance(codes, tuple) else [])
    handing.refuse_unfit(found[format_key], list(people), occasion)
    judged = gate.judge(list(people), circle, occasion.now)
    told = handing.missing(judged)
    for key, words in told.items():
        stays = _("{code} stays here; missing consent: {words}")
        click.echo(stays.format(code=people[key], words=", ".join(words)), err=True)
    for key in judged.passed:
        click.echo(people[key])
    if not judged.passed:
        raise NobodyAgreed(", ".join(sorted({each for one in told.values() for each in one})))
    if more["dry_run"]:
        _tell_files(handing.preview(found[format_key], list(people), occasion), people)
    else:
        with _new_file(file) as out:
            handing.hand_out(found[format_key], list(people), occasion, out)
    going = ngettext("{n} person leaves.", "{n} people leave.", len(judged.passed))
    click.echo(going.format(n=len(judged.passed)), err=True)
    return Exit.DONE


def _tell_files(shown: "handing.Preview", people: dict[int, str]) -> None:
    """Say on stderr which files of papers would go along, and which would stay."""
    from habeas.cases.sharing.attached import HELD

    leaves = _("{code}: {file}, {size} bytes, leaves")
    stays = _("{code}: a file stays here: {reason}; {why}SHA-256 {sha256}")
    for key, files in shown.files.items():
        for one in files:
            words = stays if one.held else leaves
            told = words.format(
                code=people[key],
                file=one.name,
                size=one.size,
                reason=HELD.get(one.held, one.held),
                why=f"{one.why} " if one.why else "",
                sha256=one.original,
            )
            click.echo(told, err=True)


def _people(codes: list[str]) -> dict[int, str]:
    """Return primary keys and codes of people; of all where no codes are given."""
    from habeas.cases.statements.models import Subject

    rows = Subject.objects.filter(kind=Subject.PERSON).order_by("pk")
    if codes:
        rows = rows.filter(code__in=codes)
    found = dict(rows.values_list("pk", "code"))
    unknown = set(codes) - set(found.values())
    if unknown:
        raise FormatUnfit(_("no case has the code {code}").format(code=min(unknown)))
    return found


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file for its owner alone, under another name until all of it is there.

    Raises:
        FormatUnfit: a file of this name is there already; nothing is overwritten.
    """
    part = path.with_name(path.name + ".part")
    taken = FormatUnfit(_("a file of this name is there already"))
    if path.exists():
        raise taken
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise taken from error
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
