"""What reading remembers from sentence to sentence: who was named, who spoke, whom it is about."""

from collections import deque
from dataclasses import dataclass, field

from habeas.reading.linking import Register
from habeas.reading.suggestions import Count, Speaker, SpeakerKind

_SENTENCES_BACK = 2


@dataclass(slots=True)
class Story:
    """The running memory of one text.

    Attributes:
        register: the people named.
        speaker: who spoke last; None if nobody did yet.
        count: the last count of people or detentions.
        mentioned: the people named so far.
        body: the body that spoke last.
        group: the several people that were named or spoke last ("his brothers").
    """

    register: Register
    speaker: Speaker | None = None
    count: Count | None = None
    mentioned: set[int] = field(default_factory=set)
    body: Speaker | None = None
    group: Speaker | None = None
    _recent: deque[tuple[int, ...]] = field(default_factory=lambda: deque(maxlen=_SENTENCES_BACK))

    def earlier(self, here: tuple[int, ...] = ()) -> tuple[int, ...]:
        """Return the people named before: in this sentence, then in the two before, each once."""
        found = dict.fromkeys(here[::-1])
        for people in reversed(self._recent):
            found.update(dict.fromkeys(people[::-1]))
        return tuple(found)

    def goes_on(self, people: tuple[int, ...]) -> None:
        """Note the people of a sentence that was read."""
        if people or not self._recent:
            self._recent.append(people)
        self.mentioned.update(people)

    @property
    def last_person(self) -> int | None:
        """The person who spoke last, None if a body did."""
        return self.speaker.person if self.speaker is not None else None

    def heard(self, speaker: Speaker) -> None:
        """Note who spoke."""
        if speaker.kind is SpeakerKind.NAMED:
            self.speaker = speaker
            if speaker.person is None:
                self.body = speaker
