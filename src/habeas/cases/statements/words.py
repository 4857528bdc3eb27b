"""The closed lists of a statement, in the order in which they are offered.

Certainties follow HURIDOCS list 42, reliability of information; roles and circles are ours.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

ROLES: Mapping[str, Promise] = {
    "self": later("the person themself"),
    "family": later("family"),
    "lawyer": later("lawyer"),
    "eyewitness": later("eyewitness"),
    "co_detainee": later("held in the same place"),
    "staff": later("colleague or friend"),
    "court": later("court"),
    "police": later("police"),
    "ministry": later("ministry"),
    "prosecutor": later("prosecutor"),
    "embassy": later("embassy"),
    "monitor": later("human rights organisation"),
    "media": later("newspaper or broadcaster"),
    "other": later("somebody else"),
    "anonymous": later("somebody unnamed"),
}

CERTAINTIES: Mapping[str, Promise] = {
    "highly_reliable": later("highly reliable"),
    "reliable": later("likely reliable"),
    "unsure": later("unsure"),
    "unreliable": later("likely unreliable"),
    "highly_unreliable": later("highly unreliable"),
    "unknown": later("not judged"),
}

IN_CUSTODY: Mapping[str, Promise] = {
    "unknown": later("not known"),
    "no": later("no"),
    "yes": later("yes: under the power of those who hold them"),
}

CIRCLES: Mapping[str, Promise] = {
    "internal": later("only us"),
    "lawyer": later("also the lawyer"),
    "monitor": later("also other organisations"),
    "un": later("also the UN, confidentially"),
    "public": later("everybody"),
}

DOCUMENTS: Mapping[str, Promise] = {
    "article": later("article"),
    "court_page": later("page of a court"),
    "official_page": later("page of an authority"),
    "report": later("report of an organisation"),
    "video": later("video or sound"),
    "post": later("post or message"),
    "call_note": later("note of a call"),
    "letter": later("letter or paper"),
    "file": later("file"),
    "other": later("other"),
}

KINDS: Mapping[str, Promise] = {
    "person": later("person"),
    "body": later("office or organisation"),
    "place": later("place"),
    "event": later("event"),
    "legal_case": later("legal case"),
    "record": later("entry in a list"),
    "document": later("document"),
}

ZONES = (
    "UTC",
    "Asia/Dushanbe",
    "Asia/Tashkent",
    "Asia/Bishkek",
    "Asia/Almaty",
    "Europe/Moscow",
    "Europe/Minsk",
    "Europe/Istanbul",
    "Europe/Warsaw",
    "Europe/Berlin",
    "America/New_York",
)
"""Time zones that are offered; a statement may carry any of the IANA database."""
