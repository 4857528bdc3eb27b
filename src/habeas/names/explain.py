"""The reasons of a comparison in full sentences, and as a fragment of a page.

Each reason says what was found, what that is worth, and what the rule rests on: the tables, and
where they come from. A lawyer can read it, and attack it, without knowing this program.
"""

from html import escape

from habeas.language import current, in_language
from habeas.names.reasons import PARTS, RULES, Comparison, Reason
from habeas.names.tables_io import source_of

VERDICTS = {
    "same": "The names say: the same person.",
    "likely": "The names say: likely the same person.",
    "possible": "The names say: possibly the same person.",
    "cannot_tell": "The names alone cannot tell.",
    "different": "The names say: different people.",
}

SENTENCES = {
    "same surname": "“{sought}” and “{printed}” are the same surname; the alphabet, and the "
    "endings for case and gender, make no difference.",
    "other spelling": "“{sought}” and “{printed}” are two spellings of one name: they differ only "
    "by sounds that clerks and alphabets mix up.",
    "typing error": "“{sought}” and “{printed}” differ by one letter, which may be a typing error; "
    "it may also be another name.",
    "other surname ending": "“{sought}” and “{printed}” have the same stem and different endings, "
    "as families write one surname in several ways.",
    "half of a double surname": "“{sought}” and “{printed}” agree in one half of a double surname.",
    "surname differs": "“{sought}” and “{printed}” are two different surnames.",
    "same name": "“{sought}” and “{printed}” are the same name.",
    "equivalent names": "“{sought}” and “{printed}” are forms that one name has in two languages "
    "or spellings.",
    "short form": "Of “{sought}” and “{printed}”, one is a short form of the other.",
    "mistyped short form": "Of “{sought}” and “{printed}”, one is a short form of the other if one "
    "of its letters is a typing error.",
    "two different names": "“{sought}” and “{printed}” are two names that are both in use, so that "
    "this is not taken for a typing error.",
    "names differ": "“{sought}” and “{printed}” are two different names: no table joins them, and "
    "no usual error explains the difference.",
    "initial agrees": "“{sought}” and “{printed}” may stand for one name by their first letter; "
    "an initial fits many names.",
    "initial differs": "“{sought}” and “{printed}” cannot stand for one name: the initial is "
    "another letter.",
    "gender differs": "One of the names is a man's and the other a woman's.",
    "unknown": "The record prints “{printed}”, but this part is not known of the sought person: it "
    "speaks neither for nor against.",
    "not printed": "“{sought}” is known of the sought person, but the record does not print this "
    "part: it speaks neither for nor against.",
    "not known": "This part is not known of the sought person: it speaks neither for nor against.",
    "reading": "The words were read in an order, or one of them in a use, that is less usual; in "
    "the more usual reading the names agree less.",
    "undeclined": "The words of one name stand in cases that do not go together.",
    "too little": "The two sides show no part of the name in common.",
    "rest unread": "The record has more words than one name has. Only the first were compared; the "
    "rest may name the sought person. Search it as a text, with `habeas find`.",
    "birth agrees": "Both sides give the year of birth {printed}.",
    "birth near": "The years of birth are {sought} and {printed}; clerks err by one year, and so "
    "do people who reckon it from an age.",
    "birth differs": "The years of birth are {sought} and {printed}; they cannot be one person's "
    "unless one of them is wrong.",
    "gender agrees": "Both sides are of the same gender.",
    "gender fact differs": "One side is known as a man and the other as a woman.",
    "citizenship agrees": "The citizenship is the same: “{sought}” and “{printed}”.",
    "citizenship differs": "The citizenships are different: “{sought}” and “{printed}”; some "
    "people have two, and some records print a nationality instead.",
    "place agrees": "“{sought}” and “{printed}” name the same place.",
    "place differs": "“{sought}” and “{printed}” name different places; the one may be where "
    "somebody was born, the other where they live.",
    "relative agrees": "A relative of the same name stands on both sides: “{sought}”, “{printed}”.",
}

_SPELLED = ("letters", "romanisations", "sound_costs")
_SURNAME = ("surname_endings", "case_endings", "surnames")
_GIVEN = ("given_names",)
TABLES = {
    "same surname": (*_SURNAME, "letters", "romanisations"),
    "other spelling": _SPELLED,
    "typing error": ("sound_costs",),
    "other surname ending": _SURNAME,
    "half of a double surname": _SURNAME,
    "surname differs": (*_SURNAME, "sound_costs"),
    "same name": (*_GIVEN, "letters", "romanisations"),
    "equivalent names": _GIVEN,
    "short form": ("short_forms", "name_elements", *_GIVEN),
    "mistyped short form": ("name_elements", *_GIVEN, "sound_costs"),
    "two different names": _GIVEN,
    "names differ": (*_GIVEN, "short_forms", "sound_costs"),
    "initial agrees": (*_GIVEN, "romanisations"),
    "initial differs": (*_GIVEN, "romanisations"),
    "gender differs": ("surname_endings", "father_endings", *_GIVEN),
    "reading": ("father_endings", "surname_signs", *_GIVEN),
    "undeclined": ("case_endings",),
    "citizenship agrees": ("citizenships",),
    "citizenship differs": ("citizenships",),
}
"""The tables that a rule rests on; a rule that is not here rests on no table."""

_FATHER = {"same name": ("father_endings",), "other spelling": ("father_endings",)}


def explained(comparison: Comparison, language: str | None = None) -> list[str]:
    """Return a paragraph for each reason, then one for each table that the reasons rest on."""
    chosen = language or current()
    return [
        *(explanation(reason, chosen) for reason in comparison.reasons),
        *sources(comparison),
    ]


def explanation(reason: Reason, language: str | None = None) -> str:
    """Return one reason in full sentences: what was found, its worth, and what it rests on."""
    chosen = language or current()
    part = in_language(PARTS[reason.part], chosen)
    said = in_language(SENTENCES[reason.rule], chosen).format(
        sought=reason.sought, printed=reason.printed
    )
    pieces = [f"{part[:1].upper()}{part[1:]}. {said}", _worth(reason.bits, chosen)]
    tables = ", ".join(f"{name}.tsv" for name in _tables(reason))
    if tables:
        pieces.append(in_language("The rule rests on: {tables}.", chosen).format(tables=tables))
    elif reason.bits:
        pieces.append(in_language("The number is an estimate of the model.", chosen))
    return " ".join(pieces)


def sources(comparison: Comparison) -> list[str]:
    """Return each table that the reasons rest on, with what it says of where it comes from.

    The tables say so in English; their own words are quoted in every language.
    """
    names = dict.fromkeys(name for reason in comparison.reasons for name in _tables(reason))
    return [f"{name}.tsv: {source_of(name)}" for name in names]


def _worth(bits: float, language: str) -> str:
    """Return what so many bits do to the odds that the record is the sought person."""
    if abs(bits) < 0.05:
        return in_language("This changes nothing (0 bits).", language)
    if bits > 0:
        told = in_language(
            "This multiplies by {times} the odds that the record is the sought person "
            "({bits} bits).",
            language,
        )
    else:
        told = in_language(
            "This divides by {times} the odds that the record is the sought person ({bits} bits).",
            language,
        )
    return told.format(times=_rounded(2.0 ** abs(bits)), bits=f"{bits:+.1f}")


def _rounded(times: float) -> str:
    """Return a number as precisely as such estimates deserve: two digits."""
    if times < 10:
        return f"{times:.1f}"
    length = len(str(int(times))) - 2
    return f"{round(times, -length):,.0f}".replace(",", "\u00a0")


def _tables(reason: Reason) -> tuple[str, ...]:
    extra = _FATHER.get(reason.rule, ()) if reason.part == "father" else ()
    return (*extra, *TABLES.get(reason.rule, ()))


def fragment(comparison: Comparison, language: str | None = None, *, full: bool = False) -> str:
    """Return the comparison as HTML: a sentence, then a list of reasons, every name escaped.

    Names stand in <bdi>, so that a name in Persian script does not turn its sentence round. The
    fragment has no style, no script and no ids; a page puts it where it likes. With `full`, each
    reason is told in full sentences, with what it rests on.
    """
    chosen = language or current()
    verdict = escape(in_language(VERDICTS[comparison.verdict], chosen))
    lines = [f'<p data-verdict="{comparison.verdict}">{verdict}</p>', "<ul>"]
    for reason in comparison.reasons:
        told = _full_item(reason, chosen) if full else _item(reason, chosen)
        lines.append(f'<li>{told} <data value="{reason.bits:.2f}">({reason.bits:+.1f})</data></li>')
    if full:
        lines += [f"<li>{escape(line)}</li>" for line in sources(comparison)]
    lines.append("</ul>")
    return "\n".join(lines)


def _item(reason: Reason, language: str) -> str:
    names = " ~ ".join(
        f"<bdi>{escape(word)}</bdi>" for word in (reason.sought, reason.printed) if word
    )
    part = escape(in_language(PARTS[reason.part], language))
    rule = escape(in_language(RULES[reason.rule], language))
    return ": ".join(piece for piece in (part, names, rule) if piece)


# Stand for the names while the sentence is escaped; no printed name can hold them, for names are
# cleaned of control characters.
_SOUGHT, _PRINTED = "\x01", "\x02"


def _full_item(reason: Reason, language: str) -> str:
    bare = Reason(reason.part, reason.rule, _SOUGHT, _PRINTED, reason.bits)
    told = escape(explanation(bare, language))
    for mark, name in ((_SOUGHT, reason.sought), (_PRINTED, reason.printed)):
        told = told.replace(mark, f"<bdi>{escape(name)}</bdi>")
    return told
