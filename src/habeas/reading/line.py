"""Reads one sentence: times, articles, names, who speaks, counts, custody and claims."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from habeas.reading.actors import ROLE, actors_of
from habeas.reading.articles import articles_of
from habeas.reading.attribution import Draft, clause_speakers, speaker_at
from habeas.reading.claims import claims_of
from habeas.reading.clauses import clauses_of
from habeas.reading.counts import counts_of
from habeas.reading.custody import custody_of
from habeas.reading.dates import dates_of
from habeas.reading.found import Found, overlaps
from habeas.reading.joining import joined
from habeas.reading.naming import Names
from habeas.reading.numbers import Number, numbers_of
from habeas.reading.scene import Scene
from habeas.reading.sentences import Sentence
from habeas.reading.speech import Utterance, utterances_of
from habeas.reading.story import Story
from habeas.reading.suggestions import (
    Age,
    Count,
    Date,
    Place,
    Span,
    Speaker,
    SpeakerKind,
    weaker,
)
from habeas.reading.times import ages_of, spans_of

_GOES_ON = frozenset(("people", "detentions"))
_SHORT = 3


@dataclass(frozen=True, slots=True)
class _Plain:
    """What a sentence holds that nobody says of anybody: numbers, times, articles of laws."""

    numbers: list[Number]
    timed: list[Found]
    articles: list[Found]

    @property
    def dates(self) -> list[Found]:
        """The dates among the times."""
        return [one for one in self.timed if isinstance(one.value, Date)]


def read_line(
    text: str,
    sentence: Sentence,
    names: Names,
    *,
    quoted: Sequence[tuple[int, int]],
    story: Story,
) -> Draft:
    """Return what a sentence holds; the story goes on with it.

    Args:
        text: the whole text.
        sentence: the sentence.
        names: who, what body and what place is named in it.
        quoted: its tokens between quotation marks, as ranges.
        story: what the sentences before told.
    """
    actors = joined(sentence, actors_of(sentence, names, story.register))
    scene = Scene(text, sentence, actors, clauses_of(sentence), quoted, story)
    plain = _plain(sentence)
    utterances = utterances_of(scene)
    speakers = clause_speakers(scene, utterances)
    counts = _counts(scene, names, plain, (utterances, speakers))
    custody = custody_of(scene, names, counted=counts, dates=plain.dates, speakers=speakers)
    claims = claims_of(scene, utterances)
    timed = [_with_person(one, names) for one in plain.timed]
    named = _named(names, plain.articles)
    found = [*named, *timed, *plain.articles, *custody, *counts, *claims]
    _go_on(scene, utterances, counts)
    return Draft(sentence, found, utterances)


def _plain(sentence: Sentence) -> _Plain:
    articles = articles_of(sentence)
    taken = _ranges(articles)
    numbers = numbers_of(sentence)
    dates = [d for d in dates_of(sentence) if not overlaps(d.first, d.last, taken)]
    ages = [a for a in ages_of(sentence, numbers, dates) if not overlaps(a.first, a.last, taken)]
    taken += _ranges((*dates, *ages))
    spans = []
    for span in spans_of(sentence, numbers, dates):
        since = isinstance(span.value, Span) and span.value.since
        if since or not overlaps(span.first, span.last, taken):
            spans.append(span)
            taken.append((span.first, span.last))
    return _Plain(numbers, [*dates, *ages, *spans], articles)


def _ranges(found: Iterable[Found]) -> list[tuple[int, int]]:
    return [(one.first, one.last) for one in found]


def _with_person(found: Found, names: Names) -> Found:
    """Say whose age or birth it is: the person's who is named nearest in the sentence."""
    if not isinstance(found.value, Age) or not names.people:
        return found
    nearest = min(
        names.people, key=lambda named: max(found.first - named.last, named.first - found.last)
    )
    return found._replace(value=replace(found.value, person=nearest.person))


def _counts(
    scene: Scene,
    names: Names,
    plain: _Plain,
    spoken: tuple[list[Utterance], dict[int, Speaker]],
) -> list[Found]:
    """Return the counts with who gives them and as of when."""
    if not plain.numbers:
        return []
    taken = _ranges((*plain.timed, *plain.articles)) + names.taken
    result = []
    for one in counts_of(scene, plain.numbers, taken):
        start, end = scene.clauses.of(one.first)
        near = (
            d.value.edtf
            for d in plain.dates
            if start <= d.first < end and isinstance(d.value, Date)
        )
        speaker = speaker_at(scene, one.first, *spoken)
        assert isinstance(one.value, Count)
        value = replace(one.value, speaker=speaker, date=next(near, ""))
        sure = weaker(one.confidence, speaker.confidence)
        result.append(one._replace(value=value, confidence=sure))
    return result


def _named(names: Names, articles: list[Found]) -> list[Found]:
    taken = _ranges(articles)
    people = [Found(n.first, n.last, n.value, n.rule, n.confidence) for n in names.people]
    bodies = [b for b in names.organisations if not overlaps(b.first, b.last, taken)]
    # "of Tajikistan's Criminal Code" names a place; "КоАП РФ" does not.
    places = [
        place
        for place in names.places
        if not overlaps(place.first, place.last, taken) or not _is_short(place)
    ]
    return people + bodies + places


def _is_short(place: Found) -> bool:
    return isinstance(place.value, Place) and len(place.value.name) <= _SHORT


def _go_on(scene: Scene, utterances: list[Utterance], counts: list[Found]) -> None:
    """Let the story remember who spoke, who was named and what was counted."""
    story = scene.story
    for utterance in utterances:
        story.heard(utterance.speaker)
    for one in counts:
        if isinstance(one.value, Count) and one.value.unit in _GOES_ON:
            story.count = one.value
    story.goes_on(tuple(a.person for a in scene.actors if a.person is not None))
    for actor in scene.actors:
        if actor.kind == ROLE and actor.form == "g":
            story.group = Speaker(SpeakerKind.NAMED, actor.name, scene.at(actor))
