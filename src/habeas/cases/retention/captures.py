"""Which sealed files rest on purged people alone, and letting go of them.

Files that people brought, and captures that prove something of nobody else, leave their stores by
policy: a signed row says that they did, and the chains hold. A capture of a page mostly proves
something of others as well; one that does is counted with that reason and stays.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from habeas.cases.documents import keeping
from habeas.cases.documents.models import Upload
from habeas.cases.retention.closure import Going, every, lots
from habeas.cases.retention.telltale import Telltale
from habeas.errors import HabeasError, SealUnknown
from habeas.evidence import seals
from habeas.evidence.seals.documents import file_of
from habeas.evidence.seals.removals import store_of
from habeas.files import remove_file
from habeas.watch.models import Look, Match, Mention, Version


@dataclass(frozen=True, slots=True)
class Captures:
    """The captures in which purged people were found, or for which they were asked by name.

    Attributes:
        alone: where those lie in which nobody else is printed.
        shared: how many others there are; they prove something of others.
    """

    alone: tuple[str, ...] = ()
    shared: int = 0


def resting_on(going: Going, tell: Telltale) -> Captures:
    """Return the captures in which people were found, while their matches are still there."""
    versions: set[int] = set()
    for lot in lots(going.rows[Match]):
        rows = every(Match).filter(pk__in=lot).values_list("mention__version", flat=True)
        versions |= set(rows)
    alone: set[str] = set(_asked_by_name(tell))
    shared: set[str] = set()
    for lot in lots(versions):
        for key, record in every(Version).filter(pk__in=lot).values_list("pk", "record"):
            if place := str(record.get("path", "")):
                (shared if _has_others(key, place, going) else alone).add(place)
    return Captures(tuple(sorted(alone - shared)), len(shared))


def _asked_by_name(tell: Telltale) -> Iterator[str]:
    """Yield the captures of what a source answered to one of their names."""
    for requests in every(Look).values_list("requests", flat=True).iterator():
        for one in requests:
            asked = f"{one.get('url', '')} {one.get('body', '')}"
            if one.get("by_name") and one.get("path") and tell.tells(asked):
                yield str(one["path"])


def _has_others(version: int, place: str, going: Going) -> bool:
    """Whether a record printed anybody beside the purged people, or held another case's row."""
    own = every(Mention).filter(version=version)
    theirs = every(Match).filter(pk__in=going.rows[Match], mention__version=version)
    if own.exclude(pk__in=theirs.values("mention")).exists():
        return True
    same = every(Version).filter(record__path=place)
    return (
        same.exclude(pk=version)
        .exclude(mentions__matches__in=every(Match).filter(pk__in=going.rows[Match]))
        .exists()
    )


def remove_files(hashes: Iterable[str]) -> dict[str, str]:
    """Remove files that people brought; return those that stay for now, each with the cause.

    One whose bytes somebody brought again in the meantime is somebody else's now, and is left.
    """
    wanted = [one for one in hashes if not every(Upload).filter(sha256=one).exists()]
    folder = Path(settings.HABEAS_HOME) / "documents"
    places = {str(folder / file_of(one)): one for one in wanted}
    left = remove_records(places)
    return {places[place]: cause for place, cause in left.items()}


def remove_records(places: Iterable[str]) -> dict[str, str]:
    """Remove files by where they lie; return those that stay for now, each with the cause."""
    stores: dict[Path | None, list[Path]] = defaultdict(list)
    for place in places:
        path = Path(place).absolute()
        stores[store_of(path)].append(path)
    left: dict[str, str] = {}
    for store, paths in stores.items():
        left |= _in_store(store, paths)
    return left


def _in_store(store: Path | None, paths: list[Path]) -> dict[str, str]:
    if store is not None:
        try:
            _by_policy(store, paths)
        except SealUnknown:
            if len(paths) > 1:
                return {
                    place: cause
                    for path in paths
                    for place, cause in _in_store(store, [path]).items()
                }
            return _unsealed(paths)
        except HabeasError as error:
            return {str(path): error.happened for path in paths if path.exists()}
        return {}
    return _unsealed(paths)


def _by_policy(store: Path, paths: list[Path]) -> None:
    named = [path.relative_to(store).as_posix() for path in paths]
    chain = keeping.chain() if store == keeping.folder() else _chain(store)
    seals.remove(chain, named, reason=seals.Reason.RETENTION)


def _chain(store: Path) -> seals.Chain:
    keys = seals.KeyRing(Path(settings.HABEAS_HOME) / "keys")
    return seals.chain_of(store, seals.usual_sealer(keys=keys))


def _unsealed(paths: list[Path]) -> dict[str, str]:
    """Remove what no seal covers: it came before there were seals."""
    left: dict[str, str] = {}
    for path in paths:
        try:
            remove_file(path)
        except FileNotFoundError:
            continue
        except OSError as error:
            left[str(path)] = error.strerror or type(error).__name__
    return left


def still_there(files: Iterable[str]) -> list[str]:
    """Return those of the files, by SHA-256, that lie in the documents still."""
    folder = Path(settings.HABEAS_HOME) / "documents"
    return [one for one in files if (folder / file_of(one)).exists()]
