"""How well an initial goes together with a name, or with another initial, in bits."""

from habeas.names import weights
from habeas.names.lexicon import group_initials, lexicon
from habeas.names.pairing import EQUIVALENT, SHORT, Pairing
from habeas.names.slots import Initial, NameUnit
from habeas.names.sounds import NEVER

_INITIALS_DIFFER = Pairing(weights.INITIAL_DIFFERS, "initial differs", 0.0)


def initials(letter: Initial, full: NameUnit | Initial) -> Pairing:
    """Return how well an initial agrees with a full name, or with another initial."""
    rarity = weights.initial_weight(letter.shown)
    if isinstance(full, Initial):
        agrees = bool(letter.letters & full.letters)
        return Pairing(rarity, "initial agrees", rarity) if agrees else _INITIALS_DIFFER
    if letter.letters & full.initials:
        return Pairing(rarity, "initial agrees", rarity)
    price = _initial_of_form(letter.letters, full)
    if price == NEVER:
        return _INITIALS_DIFFER
    return Pairing(rarity - price, "initial agrees", rarity)


def _initial_of_form(letters: int, full: NameUnit) -> float:
    """Return the price of the initial of an equivalent name (Mykola printed Н.), or NEVER."""
    names_of = lexicon()
    for form in full.forms:
        known = form.name.known
        # Ekaterina is printed Е., whatever else forms of her name begin with.
        foreign = full.own.text in names_of.foreign
        usual = 0 if foreign else group_initials(known.groups & names_of.translated)
        if usual & letters and not usual & full.initials:
            return EQUIVALENT
        if group_initials(known.short_of) & letters:
            return SHORT
    return NEVER
