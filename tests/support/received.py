"""Short ways through the import of a bundle in tests. Invented people."""

import json
from typing import Any

from bundled import Key, packed
from import_story import HAND
from outgoing_people import person

from habeas.cases.importing import applying, deciding
from habeas.cases.importing.deciding import ALONE
from habeas.cases.importing.models import Import
from habeas.cases.importing.staging import Sent, stage
from habeas.cases.sharing.formats.bundle import as_json

KEY, NAME = Key(), "Центр Выдумки"


def whole(*statements: Any, **more: Any) -> dict[str, Any]:
    """Return a person as the sender writes one."""
    told = as_json(person(*statements, **more))
    made: dict[str, Any] = json.loads(json.dumps(told))
    return made


def sent(*people: Any, key: Key = KEY, speaker: str = NAME, **more: Any) -> Import:
    content = packed(*people, key=key, **more)
    return stage(Sent(content, "x.tar", speaker, "monitor"), HAND).imported


def taken(imported: Import, *groups: str) -> Import:
    for group in groups or (ALONE,):
        deciding.decide_group(imported, group, HAND)
    assert applying.apply(imported, HAND) == 0
    return imported
