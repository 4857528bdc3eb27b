"""What every rule and every check does, in a sentence each."""

from habeas.language import _

RULES: dict[str, str] = {
    "name": "The words are a name: a given name, a patronymic or a surname's ending is among them.",
    "name-part": "The word is part of a name that the text gives in full elsewhere.",
    "name-single": "One word, taken for a name by the words beside it.",
    "name-text-says": "The text itself says that this is another name of the person.",
    "organisation-known": "The name of a known body.",
    "organisation-kind": "A word for a kind of body, with what it is of.",
    "organisation-quoted": "A name in quotation marks beside a word for a body.",
    "place-known": "The name of a known place.",
    "place-beside": "A name beside a word such as town, region or district.",
    "place-guess": "A capitalised word behind “in” or “from” that is nothing else known.",
    "date-figures": "A date in figures.",
    "date-ambiguous": "Figures of which the first may be the day or the month.",
    "date-month": "A day with its month.",
    "month": "A month, with its year where one is printed.",
    "season": "A season with its year.",
    "year": "A year, told by the words beside it.",
    "decade": "A decade.",
    "length": "A number with a unit of time.",
    "length-in-words": "A length of time without a number.",
    "since": "A date from which on something lasts.",
    "ago": "A time counted from another one.",
    "relative": "A time that only the day of writing can place.",
    "age": "An age, told by the words beside it.",
    "age-in-commas": "A number between commas behind a name.",
    "born": "A date or year of birth.",
    "article": "An article of a law, with its code.",
    "article-no-code": "An article of a law; the text names no code for it.",
    "custody-verb": "A verb that says what was done to somebody.",
    "custody-noun": "A noun that says what was done to somebody.",
    "custody-state": "Words that say where or how somebody is kept.",
    "custody-toplace": "A verb of bringing somebody to a place.",
    "count-noun": "A number with what it counts.",
    "count-of-total": "A number out of a total.",
    "count-partitive": "A number of those named before.",
    "count-collective": "A Russian collective numeral, which counts people.",
    "count-action": "A number beside a verb of custody.",
    "count-in-words": "A size in words that is the subject of the clause.",
    "count-number-of": "A number behind “the number of”.",
    "count-figure": "A number behind a verb that gives figures; what it counts was said before.",
    "count-among": "A part of the number before.",
    "count-range": "A range of two numbers.",
    "claim-said": "A verb of saying, or words such as “according to”.",
    "claim-claims": "A verb by which the text keeps its distance.",
    "claim-denies": "A verb of denial.",
    "claim-confirms": "A verb of confirmation.",
    "accusation-active": "Somebody accuses: the subject of the verb is the accuser.",
    "accusation-passive": "Somebody is accused.",
    "accusation-impersonal": "“They accuse”, without saying who.",
    "accusation-noun": "Words such as “on charges of”.",
    "accusation-nounbefore": "Words such as “for fraud” in a notice.",
    "accusation-nounafter": "Words such as “on the charge of” behind the offence.",
    "accusation-adverb": "“Allegedly”, or a word like it.",
    "quote": "Words in quotation marks.",
    "speaker-by": "The speaker stands behind words such as “according to”.",
    "speaker-verb": "The speaker is the subject of the verb of saying.",
    "speaker-colon": "The speaker stands before the colon.",
    "speaker-pronoun": "A pronoun; one person or body fits it.",
    "speaker-description": "A description that the text gives to one person only.",
    "speaker-own-recording": "The speaker of a recording, who spoke last in the text.",
    "speaker-points-back": "The next sentence points back and names the speaker.",
    "speaker-next-sentence": "Named in the next sentence only: a question, no answer.",
    "speaker-unknown-name": "Capitalised words before the verb that name nobody known.",
    "accuser-subject": "The accuser is the subject of the verb.",
    "accuser-by": "The accuser stands behind “by”.",
    "accuser-reports": "The authority that reports the accusation in the same clause.",
    "accuser-opens-case": "The authority that opens the case in the same clause.",
    "not-named": "The text does not say who accuses.",
    "carrier": "The text says it itself.",
}
"""The sentence of each rule; translated when it is shown."""

CHECKS: dict[str, str] = {
    "headline": "The headline says “{headline}”, the text says “{text}”. Which is meant?",
    "part-larger": "A part ({part}) is larger than its total ({total}). Is one of them misprinted?",
    "parts-larger": "The parts make {parts}, more than the total of {total}. Is one misprinted?",
    "two-numbers": "{speaker} is given with “{one}” and with “{other}”. Are they of one thing?",
    "order": "{name}: “{event}” is dated {date}, before “{first}” ({first_date}). Is that so?",
    "range": "The range “{range}” ends before it begins. Is it misprinted?",
    "ages": "{name} has two ages: {one} and {other}. Which is right?",
    "age-and-birth": "{name}: age {age}, born {born}, in a text of {year}. Do they fit?",
    "relative": "{relative}, a relative of {name}, carries a name that is also written for "
    "{name}: “{spelling}”. Are they kept apart?",
    "who": "“{spelling}” may be {name} or somebody else of this name. Who is meant?",
}
"""The sentence of each check; translated when it is shown."""


def rule_words(rule: str) -> str:
    """Return what a rule does, in the interface language."""
    return _(RULES[rule])


def check_words(check: str, facts: dict[str, str]) -> str:
    """Return the question of a check, filled in, in the interface language."""
    return _(CHECKS[check]).format(**facts)
