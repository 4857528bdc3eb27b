"""An address of every page of case files, with the rows that it needs. Codes, never names."""

import io
from collections.abc import Callable
from datetime import timedelta

import pyrage
from case_story import NOW, document, say
from PIL import Image
from site_story import Story, account

from habeas.cases.api import tokens
from habeas.cases.api.models import Token
from habeas.cases.counts import counting, listing
from habeas.cases.counts.counting import Counted
from habeas.cases.counts.models import NameList
from habeas.cases.documents import taking
from habeas.cases.documents.models import Photo, Upload
from habeas.cases.importing import applying, deciding, staging
from habeas.cases.importing.models import Import
from habeas.cases.lookups import asking
from habeas.cases.lookups.models import Desk
from habeas.cases.retention.models import Purge
from habeas.cases.sealed import sealing
from habeas.cases.sealed.models import NotesKey, SealedNote
from habeas.cases.statements import recording
from habeas.cases.statements.models import Document, Draft, Statement, Subject
from habeas.cases.statements.recording import Hand
from habeas.reading import Bounds, Hedge

_HAND = Hand("owner", NOW)


def case(story: Story) -> Subject:
    """Return the case of the story's person."""
    return recording.case_of(story.person, _HAND)


def statement(story: Story, term: str = "sentence") -> Statement:
    """Return a statement about the story's person."""
    found = Statement.objects.filter(property=term).first()
    return found or say(case(story), term, "9 лет", "Адвокат Выдумов", "lawyer", document=paper())


def paper() -> Document:
    """Return a document."""
    return Document.objects.first() or document("Газета о Выдумове")


def body() -> Subject:
    """Return an office."""
    desk = Desk.objects.first() or asking.add_desk("Станция № 5", "police", _HAND)
    return desk.body


def upload(story: Story) -> Upload:
    """Return a file of the story's person."""
    return Upload.objects.first() or taking.take(
        case(story), taking.Sent("Показания Выдумова".encode(), "a.txt"), _HAND
    )


def picture(story: Story) -> Upload:
    """Return an uploaded picture of the story's person."""
    return photo(story).upload


def photo(story: Story) -> Photo:
    """Return a picture of the story's person."""
    found = Photo.objects.first()
    if found is not None:
        return found
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), (9, 9, 9)).save(buffer, "PNG")
    taken = taking.take(case(story), taking.Sent(buffer.getvalue(), "a.png"), _HAND)
    return taking.take_photo(case(story), taken, _HAND)


def draft() -> Draft:
    """Return the owner's draft."""
    return Draft.objects.get_or_create(
        by="owner", path="/cases/H7K3M/say/", defaults={"fields": {"value": "Выдумов"}, "at": NOW}
    )[0]


def event() -> Subject:
    """Return an event whose people are counted."""
    found = Subject.objects.filter(kind=Subject.EVENT).first()
    return found or recording.new_subject(Subject.EVENT, "Задержания у мельницы", _HAND)


def count() -> Statement:
    """Return a count of the event."""
    found = Statement.objects.filter(property="count").first()
    if found is not None:
        return found
    counted = Counted(Bounds.of(Hedge.AT_LEAST, 12), what="detained")
    claim = counting.claim_of(counted, wording="не менее 12", about="2026-11-24")
    said = recording.Said("Хроника Выдумова", "monitor", paper())
    return recording.state(event(), claim, said, _HAND)


def names() -> NameList:
    """Return a list of names of the event."""
    found = NameList.objects.first()
    sent = listing.Sent("ОВД Мельничный:\n1. Выдумов Небыл, 17 лет\nНебылова Вымышлена", "Чат")
    return found or listing.keep(event(), sent, _HAND)


def token() -> Token:
    """Return a token of the owner."""
    found = Token.objects.first()
    if found is not None:
        return found
    tokens.new_token(account(), "a program", NOW + timedelta(days=9), writes=False)
    return Token.objects.get()


def text() -> Document:
    """Return a document whose text can be read."""
    found = Document.objects.exclude(text="").first()
    return found or document("Газета о Выдумове", text="Выдумов задержан 24 ноября.")


def imported() -> Import:
    """Return an import of the owner, one row of it taken over."""
    found = Import.objects.first()
    if found is None:
        sent = staging.Sent("ФИО,Возраст\nНебылов Выдумов,41\n".encode(), "a.csv", "Чат", "staff")
        found = staging.stage(sent, _HAND).imported
        deciding.decide(found.rows.get(), "new", _HAND)
        applying.apply(found, _HAND)
    return found


def note(story: Story) -> SealedNote:
    """Return a note about the story's person that the owner alone opens."""
    key = sealing.key_of("owner") or NotesKey.objects.create(
        user="owner", public=str(pyrage.x25519.Identity.generate().to_public()), wrapped={}
    )
    found = SealedNote.objects.first()
    return found or sealing.seal(case(story), "Тайна о Выдумове", [key], _HAND, None)


def purged() -> Purge:
    """Return the report of a purge of nobody."""
    return Purge.objects.first() or Purge.objects.create(at=NOW, by="owner", people=0)


PAGES: dict[str, Callable[[Story], str]] = {
    "board": lambda _story: "board/",
    "new-case": lambda _story: "new-case/",
    "search": lambda _story: "search/",
    "hand-over": lambda _story: "hand-over/",
    "case": lambda story: f"cases/{case(story).code}/",
    "case-access": lambda story: f"cases/{case(story).code}/access/",
    "log": lambda _story: "team/log/?check",
    "dossier": lambda story: f"cases/{case(story).code}/dossier/",
    "add-statement": lambda story: f"cases/{case(story).code}/say/",
    "sign-line": lambda story: f"cases/{statement(story).subject.code}/line/sentence/",
    "statement": lambda story: f"statements/{statement(story).pk}/",
    "correct-statement": lambda story: f"statements/{statement(story).pk}/correct/",
    "retract-statement": lambda story: f"statements/{statement(story).pk}/retract/",
    "add-custody": lambda story: f"cases/{case(story).code}/custody/add/",
    "add-identity": lambda story: f"cases/{case(story).code}/same/add/",
    "add-relation": lambda story: f"cases/{case(story).code}/related/add/",
    "add-entry": lambda story: f"cases/{case(story).code}/entries/need/add/",
    "update-entry": lambda story: f"entries/{statement(story, 'need').pk}/",
    "calls": lambda story: f"cases/{case(story).code}/calls/",
    "add-desk": lambda story: f"cases/{case(story).code}/calls/add-office/",
    "ask-anywhere": lambda story: f"cases/{case(story).code}/calls/ask/",
    "ask": lambda story: f"cases/{case(story).code}/calls/{body().code}/",
    "decide-in-case": lambda story: f"cases/{case(story).code}/matches/{story.match.pk}/",
    "add-document": lambda story: f"cases/{case(story).code}/documents/add/",
    "document": lambda story: f"documents/{statement(story).document_id}/",
    "add-consent": lambda story: f"cases/{case(story).code}/consent/add/",
    "notes-key": lambda _story: "notes-key/",
    "seal-note": lambda story: f"cases/{case(story).code}/notes/seal/",
    "sealed-note": lambda story: f"notes/{note(story).pk}/",
    "share": lambda _story: "share/",
    "share-as": lambda _story: "share/json/",
    "share-case": lambda story: f"cases/{case(story).code}/share/",
    "share-case-as": lambda story: f"cases/{case(story).code}/share/json/?for=lawyer",
    "tokens": lambda _story: "tokens/",
    "copy-file": lambda story: f"files/{picture(story).pk}/copy/",
    "counted-events": lambda _story: "counts/",
    "add-count": lambda _story: f"cases/{event().code}/counts/add/",
    "add-list": lambda _story: f"cases/{event().code}/lists/add/",
    "overlap": lambda _story: f"cases/{names().event.code}/overlap/",
    "name-list": lambda _story: f"lists/{names().pk}/",
    "imports": lambda _story: "imports/",
    "import": lambda _story: f"imports/{imported().pk}/",
    "import-columns": lambda _story: f"imports/{imported().pk}/columns/",
    "bundle-key": lambda _story: "imports/key/",
    "import-undo": lambda _story: f"imports/{imported().pk}/undo/",
    "read-text": lambda _story: "read/",
    "read-for": lambda story: f"cases/{case(story).code}/read/",
    "read-document": lambda _story: f"documents/{text().pk}/read/",
    "retention": lambda _story: "retention/",
    "ending": lambda _story: "retention/ending/",
    "purge": lambda _story: "retention/purge/",
    "purge-report": lambda _story: f"retention/purges/{purged().pk}/",
    "keep-until": lambda story: f"cases/{case(story).code}/keep/",
    "look-behind": lambda story: f"cases/{case(story).code}/behind/",
}
FILES: dict[str, Callable[[Story], str]] = {
    "file": lambda story: f"files/{upload(story).pk}/",
    "photo": lambda story: f"photos/{photo(story).pk}/",
    "marks": lambda _story: "read/marks/5.css",
}
"""What is handed out as bytes: no page of a language."""
SENT: dict[str, Callable[[Story], str]] = {
    "opened-note": lambda story: f"notes/{note(story).pk}/open/",
    "pass-note-on": lambda story: f"notes/{note(story).pk}/pass-on/",
    "withdraw-token": lambda _story: f"tokens/{token().pk}/withdraw/",
    "import-compared": lambda _story: f"imports/{imported().pk}/compared/",
    "import-group": lambda _story: f"imports/{imported().pk}/group/",
    "import-apply": lambda _story: f"imports/{imported().pk}/apply/",
    "import-row": lambda _story: f"imports/rows/{imported().rows.get().pk}/",
    "claim-desk": lambda story: f"cases/{case(story).code}/calls/{body().code}/claim/",
    "keep-draft": lambda _story: "drafts/keep/",
    "discard-draft": lambda _story: f"drafts/{draft().pk}/discard/",
    "copied-count": lambda _story: f"cases/{event().code}/counts/{count().pk}/copied/",
    "answer-pair": lambda _story: f"cases/{event().code}/overlap/pair/",
    "check-entry": lambda _story: f"lists/entries/{names().entries.get(line=2).pk}/check/",
}
"""What is only ever sent to."""
MAKERS = {**PAGES, **FILES, **SENT}
"""Everything that makes rows of the story's person."""
