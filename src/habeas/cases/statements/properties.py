"""What can be said of a subject. A property that is not here may be said too, under its own word.

`single` properties have one true value, so that two values that exclude each other are a dispute;
of the others a person may have several at once (names, accusations, threats).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

TEXT, TIME, CODE = "text", "time", "code"


@dataclass(frozen=True, slots=True)
class Property:
    """One property.

    Attributes:
        kind: TEXT; TIME: its value is a time in EDTF; CODE: a term of a closed list.
        group: one of `GROUPS`; empty for those that another feature shows by itself.
    """

    key: str
    label: Promise | str
    kind: str = TEXT
    single: bool = True
    group: str = "other"


GROUPS: dict[str, Promise] = {
    "who": later("Who it is"),
    "gone": later("How they disappeared"),
    "taken": later("Detention and removal"),
    "citizenship": later("Citizenship"),
    "charge": later("What they are accused of"),
    "sentence": later("Court and sentence"),
    "official": later("What officials say"),
    "other": later("Everything else"),
}

_ALL = (
    Property("known_as", later("known as"), single=False, group="who"),
    Property("passport_name", later("name in the passport"), group="who"),
    Property("born", later("born"), TIME, group="who"),
    Property("age", later("age"), group="who"),
    Property("birth_place", later("place of birth"), group="who"),
    Property("citizenship_status", later("citizenship"), group="citizenship"),
    Property("identifier", later("number of a paper"), single=False, group="who"),
    Property("phone", later("telephone"), single=False, group="who"),
    Property("marks", later("clothes and marks"), single=False, group="who"),
    Property("medicine", later("health and medicines"), single=False, group="who"),
    Property("role", later("role"), single=False, group="who"),
    Property("organisation", later("organisation"), single=False, group="who"),
    Property("last_contact", later("last contact"), TIME, group="gone"),
    Property("last_seen", later("last seen"), single=False, group="gone"),
    Property("last_place", later("last known place"), single=False, group="gone"),
    Property("taken_by", later("taken by"), group="gone"),
    Property("said_then", later("what was said"), single=False, group="gone"),
    Property("missing_for", later("missing for"), group="gone"),
    Property("detained_on", later("detained on"), TIME, group="taken"),
    Property("detained_at", later("detained at"), group="taken"),
    Property("removed_on", later("removed on"), TIME, group="taken"),
    Property("removal_ground", later("ground of the removal"), group="taken"),
    Property("custody_place", later("place of custody"), single=False, group="taken"),
    Property("announced_on", later("custody announced on"), TIME, group="taken"),
    Property("citizenship_acquired", later("citizenship acquired"), TIME, group="citizenship"),
    Property(
        "citizenship_removed", later("citizenship removed"), single=False, group="citizenship"
    ),
    Property("passport_cancelled", later("passport cancelled"), single=False, group="citizenship"),
    Property("resident_since", later("living there since"), TIME, group="citizenship"),
    Property("accusation", later("accused (alleged)"), single=False, group="charge"),
    Property("charge_article", later("article of the charge"), single=False, group="charge"),
    Property("alleged_amount", later("sum (alleged)"), group="charge"),
    Property("further_amount", later("sum in the further case (alleged)"), group="charge"),
    Property("alleged_period", later("period (alleged)"), group="charge"),
    Property("complainants", later("number of complainants (alleged)"), group="charge"),
    Property("repaid", later("repaid"), group="charge"),
    Property("unpaid", later("damage not repaid"), group="charge"),
    Property("plea", later("plea"), single=False, group="charge"),
    Property("decision_on", later("court decision on"), TIME, group="sentence"),
    Property("in_force_on", later("decision in force since"), TIME, group="sentence"),
    Property("court_article", later("article of the court decision"), group="sentence"),
    Property("sentence_requested", later("sentence asked for"), group="sentence"),
    Property("sentenced_on", later("sentenced on"), TIME, group="sentence"),
    Property("sentence", later("sentence"), group="sentence"),
    Property("further_sentence", later("further sentence"), single=False, group="sentence"),
    Property("appeal", later("appeal"), single=False, group="sentence"),
    Property("amnesty", later("amnesty"), single=False, group="sentence"),
    Property("official_answer", later("answer of an authority"), single=False, group="official"),
    Property("own_prediction", later("what they foretold"), single=False, group="official"),
    Property("position", later("position of the family"), single=False, group="official"),
    Property("claim", later("what is said of it"), single=False),
    Property("quotation", later("quotation"), single=False),
    Property("mention", later("named in a text"), single=False),
    Property("note", later("note"), single=False),
    Property("count", later("count"), CODE, single=False, group=""),
    Property("custody", later("custody"), CODE, single=False, group=""),
    Property("same_as", later("same person"), CODE, group=""),
    Property("related", later("related to"), CODE, single=False, group=""),
    Property("action", later("action"), single=False, group=""),
    Property("need", later("need"), single=False, group=""),
    Property("deadline", later("deadline"), single=False, group=""),
    Property("threat", later("threat"), single=False, group=""),
    Property("reach", later("reach"), single=False, group=""),
)
PROPERTIES = {one.key: one for one in _ALL}


def known(key: str) -> Property:
    """Return a property; one that is not in the list may have several values at once."""
    return PROPERTIES.get(key) or Property(key, key.replace("_", " "), single=False)


def offered() -> list[tuple[str, Promise | str]]:
    """Return what the general form offers: key and label, in reading order."""
    return [(one.key, one.label) for one in _ALL if one.group and one.kind != CODE]
