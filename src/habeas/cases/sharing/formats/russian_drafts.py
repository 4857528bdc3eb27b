"""Drafts in Russian: an application about a missing person, a complaint about a detention.

The drafts are in Russian whatever the language of the page: they go to offices that read Russian.
They quote no law: the lawyer who reads them enters it.
"""

from collections.abc import Callable, Iterable
from typing import BinaryIO

from django.utils.translation import gettext_lazy as later
from django.utils.translation import override

from habeas.cases.sharing.contract import Format, Occasion
from habeas.cases.sharing.outgoing import OutgoingPerson
from habeas.cases.sharing.papers import word, wording
from habeas.cases.sharing.papers.parts import Paper, Part, printable

BLANK = "[…]"
_HONEST = (
    "ЧЕРНОВИК. Программа не даёт правовых советов и не знает законов: нормы права и основания "
    "вписывает юрист. До подачи черновик должен прочитать адвокат или юрист."
)
_SOURCE = "Так говорит {who}."
_DATA: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Дата рождения", ("born",)),
    ("Место рождения", ("birth_place",)),
    ("Гражданство", ("citizenship_status",)),
    ("Номер документа", ("identifier",)),
    ("Телефон", ("phone",)),
    ("Одежда и приметы", ("marks",)),
    ("Здоровье и лекарства", ("medicine",)),
)
_GONE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Последняя связь", ("last_contact",)),
    ("Где видели в последний раз", ("last_seen", "last_place")),
    ("Кто, по словам очевидцев, увёл или задержал", ("taken_by",)),
    ("Что было сказано", ("said_then",)),
)
_HELD: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Дата и время задержания", ("detained_on",)),
    ("Место задержания", ("detained_at", "last_place")),
    ("Кто задержал", ("taken_by",)),
    ("Где содержится, по имеющимся сведениям", ("custody_place",)),
    ("В чём, как утверждается, обвиняют (предполагаемое обвинение)", ("accusation",)),
    ("Статья, которую называют власти (предполагаемое обвинение)", ("charge_article",)),
    ("Что ответили власти", ("official_answer",)),
)
Rows = tuple[tuple[str, tuple[str, ...]], ...]


def _value(person: OutgoingPerson, properties: tuple[str, ...]) -> str:
    """Return all versions, each with who says so; the blank where there is none."""
    return "\n".join(
        f"{wording.words_of(one)}\n({_SOURCE.format(who=wording.speaker(one))}"
        f"{' Есть и другие сведения.' if one.disputed else ''})"
        for one in person.of(*properties)
    ) or BLANK  # fmt: skip


def _facts(person: OutgoingPerson, rows: Rows) -> list[tuple[str, str]]:
    return [(label, _value(person, properties)) for label, properties in rows]


def _identity(person: OutgoingPerson) -> list[tuple[str, str]]:
    rows = [("Фамилия, имя, отчество", person.name if person.names else BLANK)]
    others = [printable(one.text) for one in person.names[1:]]
    if others:
        rows.append(("Другие написания имени", "\n".join(others)))
    found = _facts(person, _DATA)
    if person.birth_year and found[0][1] == BLANK:
        found[0] = ("Дата рождения", f"{BLANK}.{BLANK}.{person.birth_year}")
    return rows + found


def _applicant() -> list[Part]:
    rows = (
        ("Кому (орган, должность)", BLANK),
        ("От кого (фамилия, имя, отчество)", BLANK),
        ("Кем приходится", BLANK),
        ("Адрес", BLANK),
        ("Телефон, электронная почта", BLANK),
    )
    return [Part("facts", rows=rows)]


def _custody(person: OutgoingPerson) -> list[Part]:
    rows = person.of("custody")
    if not rows:
        return [Part("text", f"Что произошло: {BLANK}")]
    return [
        Part(
            "said",
            f"{one.about or BLANK}: {wording.words_of(one)}",
            (_SOURCE.format(who=wording.speaker(one)), *wording.notes(one)),
        )
        for one in rows
    ]


def _asked_before(person: OutgoingPerson) -> list[Part]:
    rows = [
        f"{one.about or BLANK}: {wording.words_of(one)}" for one in person.of("action", "appeal")
    ]
    heading = Part("heading", "Куда уже обращались")
    return [heading, Part("list", lines=tuple(rows or [BLANK]))]


def _asks(*lines: str) -> list[Part]:
    return [Part("heading", "Прошу"), Part("list", lines=lines)]


def _signed() -> list[Part]:
    return [
        Part("heading", "Приложения"),
        Part("list", lines=(f"копия документа заявителя {BLANK}", f"другие документы {BLANK}")),
        Part("text", f"Дата {BLANK}          Подпись {BLANK}"),
    ]


def missing(person: OutgoingPerson) -> list[Part]:
    """Return the application about a missing person."""
    return [
        *_applicant(),
        Part("title", "Заявление о безвестном исчезновении"),
        Part("heading", "Кто пропал"),
        Part("facts", rows=tuple(_identity(person))),
        Part("heading", "Обстоятельства"),
        Part("facts", rows=tuple(_facts(person, _GONE))),
        *_custody(person),
        *_asked_before(person),
        *_asks(
            "принять и зарегистрировать заявление, выдать подтверждение с номером и датой;",
            "начать розыск и сообщить мне о его ходе и результатах;",
            "проверить, не задержан ли этот человек и где он находится;",
            f"другое: {BLANK}",
        ),
        *_signed(),
    ]


def detention(person: OutgoingPerson) -> list[Part]:
    """Return the complaint about a detention."""
    return [
        *_applicant(),
        Part("title", "Жалоба на задержание"),
        Part("heading", "Кто задержан"),
        Part("facts", rows=tuple(_identity(person))),
        Part("heading", "Обстоятельства"),
        Part("facts", rows=tuple(_facts(person, _HELD))),
        *_custody(person),
        *_asked_before(person),
        Part("text", f"Какие права, по мнению заявителя, нарушены (заполняет юрист): {BLANK}"),
        *_asks(
            "сообщить, где и на каком основании содержится этот человек;",
            "допустить к нему адвоката и сообщить родным;",
            "проверить законность задержания и ответить письменно;",
            f"другое: {BLANK}",
        ),
        *_signed(),
    ]


def blanks(parts: Iterable[Part]) -> list[str]:
    """Return what has to be filled in, in the order of the paper, each once."""
    found: list[str] = []
    heading = ""
    for part in parts:
        heading = part.text if part.kind in ("heading", "title") else heading
        found += [label for label, value in part.rows if BLANK in value]
        loose = [part.text, *part.lines] if part.kind in ("text", "list", "said") else []
        found += [f"{heading}: {one.replace(BLANK, '').strip(' :;')}".strip(" :")
                  for one in loose if BLANK in one]  # fmt: skip
    return list(dict.fromkeys(found))


Draft = Callable[[OutgoingPerson], list[Part]]


def _paper(draft: Draft, person: OutgoingPerson, occasion: Occasion) -> Paper:
    parts = draft(person)
    front = [
        Part("box", _HONEST),
        Part("box", "Надо заполнить:", tuple(blanks(parts))),
    ]
    footer = f"Черновик, напечатан {word.moment(occasion.now)}"
    return Paper("Черновик", "ru", footer, occasion.now, front + parts)


def _writer(draft: Draft) -> Callable[[Iterable[OutgoingPerson], BinaryIO, Occasion], None]:
    def write(people: Iterable[OutgoingPerson], to: BinaryIO, occasion: Occasion) -> None:
        (person,) = people
        with override("ru"):
            to.write(word.docx(_paper(draft, person, occasion)))

    return write


def _gaps(draft: Draft) -> Callable[[OutgoingPerson, Occasion], list[str]]:
    def gaps(person: OutgoingPerson, _occasion: Occasion) -> list[str]:
        with override("ru"):
            return [_HONEST, *blanks(draft(person))]

    return gaps


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMATS = tuple(
    Format(
        key,
        label,
        frozenset({"lawyer"}),
        "docx",
        _DOCX,
        _writer(draft),
        one_person=True,
        languages=("ru",),
        gaps=_gaps(draft),
    )
    for key, label, draft in (
        (
            "missing-person-ru",
            later("application about a missing person (draft, Russian)"),
            missing,
        ),
        (
            "detention-complaint-ru",
            later("complaint about a detention (draft, Russian)"),
            detention,
        ),
    )
)
