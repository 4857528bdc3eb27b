"""The words of custody. Legally different things keep different words in every language.

The sub-codes carry the numbers of HURIDOCS' lists 28 (attribution), 30 (whereabouts and outside
contact) and 31 (legal counsel), in our own wording; list 30 gives one code to four kinds of
contact, so contact with the family and with a lawyer are kept apart here.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from habeas.watch.pages.words import Sign

WHERE, LAW = "where", "law"

STATES: Mapping[str, Sign] = {
    "at_liberty": Sign(later("at liberty"), "○", "good"),
    "contact_lost": Sign(later("contact lost"), "?", "half"),
    "missing": Sign(later("missing (reported)"), "?", "bad"),
    "taken_unacknowledged": Sign(later("taken, not acknowledged"), "▲", "bad"),
    "in_custody": Sign(later("in custody"), "■", "strong"),
    "transferring": Sign(later("being moved"), "→", "half"),
    "removed": Sign(later("removed from the country"), "⇥", "gap"),
    "released": Sign(later("released"), "○", "good"),
    "left": Sign(later("escaped or left"), "↗", "half"),
    "exile": Sign(later("in exile"), "↗", "half"),
    "dead": Sign(later("dead"), "†", "quiet"),
    "unknown": Sign(later("whereabouts not known"), "?", "half"),
    "charged": Sign(later("charged"), "§", "half"),
    "on_trial": Sign(later("on trial"), "§", "half"),
    "sentenced": Sign(later("sentenced"), "§", "strong"),
}
LEGAL = frozenset({"charged", "on_trial", "sentenced"})
"""States of a proceeding: they run beside the whereabouts, and end none of them."""

REMOVALS: Mapping[str, Sign] = {
    "": Sign(later("removed from the country"), "⇥", "gap"),
    "deported": Sign(later("deported"), "⇥", "gap"),
    "expelled": Sign(later("expelled by a court"), "⇥", "gap"),
    "extradited": Sign(later("extradited"), "⇥", "gap"),
    "handed_over": Sign(later("handed over"), "⇥", "gap"),
    "returned_voluntarily": Sign(
        later("returned “voluntarily”, as the authority says"), "⇥", "gap"
    ),
    "returned_by_force": Sign(later("returned by force"), "⇥", "gap"),
    "abducted": Sign(later("abducted and taken across the border"), "⇥", "gap"),
}

WHEREABOUTS: Mapping[str, Promise] = {
    "01": later("30/01 acknowledged to hold them"),
    "0101": later("30/0101 acknowledged, place disclosed"),
    "0102": later("30/0102 acknowledged, place not disclosed"),
    "02": later("30/02 denied to hold them"),
    "99": later("30/99 not known"),
}
CONTACT: Mapping[str, Promise] = {
    "yes": later("allowed"),
    "no": later("refused"),
    "asked": later("asked for, no answer"),
}
ATTRIBUTION: Mapping[str, Promise] = {
    "0101": later("28/0101 acknowledges it"),
    "0102": later("28/0102 denies it"),
    "0103": later("28/0103 acknowledges it, denies responsibility"),
    "0104": later("28/0104 acknowledges it, gives another explanation"),
    "0105": later("28/0105 accepts responsibility"),
    "99": later("28/99 not known"),
}
COUNSEL: Mapping[str, Promise] = {
    "01": later("31/01 no lawyer allowed"),
    "02": later("31/02 no lawyer asked for"),
    "05": later("31/05 lawyer during questioning"),
    "07": later("31/07 lawyer only after signing"),
    "10": later("31/10 may speak to the lawyer alone"),
    "11": later("31/11 only with others present"),
    "12": later("31/12 may not speak to the lawyer"),
    "51": later("31/51 lawyer appointed by the state"),
    "53": later("31/53 lawyer of their own choice"),
}
PLACES: Mapping[str, Promise] = {
    "police": later("police station"),
    "van": later("police van"),
    "temporary": later("temporary holding cell (ИВС)"),
    "arrest": later("administrative arrest centre (спецприёмник)"),
    "foreigners": later("centre for foreigners (ЦВСИГ)"),
    "remand": later("remand prison (СИЗО)"),
    "security": later("prison of a security service"),
    "colony": later("prison colony"),
    "hospital": later("hospital"),
    "airport": later("airport"),
    "court": later("court"),
    "house": later("house arrest"),
    "other": later("other place"),
}
DETAILS: Mapping[str, tuple[Promise, Mapping[str, Promise] | None]] = {
    "place": (later("place"), None),
    "place_type": (later("type of place"), PLACES),
    "article": (later("legal basis, with its article"), None),
    "whereabouts": (later("whereabouts"), WHEREABOUTS),
    "family": (later("contact with the family"), CONTACT),
    "lawyer": (later("contact with a lawyer"), CONTACT),
    "attribution": (later("what the authority says"), ATTRIBUTION),
    "explanation": (later("official explanation"), None),
    "counsel": (later("legal counsel"), COUNSEL),
    "term": (later("term"), None),
    "conditions": (later("paper or conditions of the release"), None),
}
"""What can be said in one breath with a state: key, label, and its closed list if it has one."""

_FREE = frozenset({"at_liberty", "released", "left", "exile"})
_HELD = frozenset({"in_custody", "taken_unacknowledged", "transferring"})


def exclusive(one: str, other: str) -> bool:
    """Whether nobody can be in both states at one time."""
    if one == other or {one, other} & LEGAL:
        return False
    if "dead" in (one, other):
        return True
    return (one in _FREE and other in _HELD) or (one in _HELD and other in _FREE)


def sign_of(state: str, removal: str = "") -> Sign:
    """Return a state as a sign; of a removal, the word that was used for it."""
    if state == "removed":
        return REMOVALS.get(removal, REMOVALS[""])
    return STATES.get(state, Sign(state, "?", "quiet"))
