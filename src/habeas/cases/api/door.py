"""The addresses for programs, and their OpenAPI document at /api/v1/openapi.json."""

import hashlib
from typing import Annotated, Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Header, NinjaAPI, Query
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer

from habeas.cases.api import tokens
from habeas.cases.api.models import Sent, Token
from habeas.cases.api.shapes import (
    ConsentOut,
    LeftOut,
    PeoplePage,
    PersonOut,
    StatementIn,
    StatementOut,
    StatementsPage,
    Trouble,
)
from habeas.cases.consent import asking
from habeas.cases.custody import timeline
from habeas.cases.custody.states import STATES
from habeas.cases.sharing.models import Leaving
from habeas.cases.statements import reading, recording, when
from habeas.cases.statements.models import Statement, Subject
from habeas.cases.statements.properties import CODE, TIME, known
from habeas.cases.statements.recording import Claim, Hand, Said
from habeas.errors import HabeasError
from habeas.watch.pages.moment import now

MOST = 200


class Stop(Exception):
    """Ends a request with an answer in three parts."""

    def __init__(self, status: int, happened: str, kept: str, advice: str) -> None:
        super().__init__(happened)
        self.status = status
        self.trouble = {"happened": happened, "kept": kept, "advice": advice}


class Bearer(HttpBearer):
    """Lets in who shows a live token, as often as it may ask."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:  # noqa: ARG002 - read by the middleware
        """Return the token, which `tokens.TokenBearer` has found."""
        found: Token | None = getattr(request, "token", None)
        if found is None:
            return None
        moment = now()
        wait = tokens.wait_s(found, moment)
        if wait:
            raise Stop(
                429,
                "This token asked too often.",
                "Nothing was changed.",
                f"Wait {wait} seconds, then ask again.",
            )
        return found


api = NinjaAPI(
    title="habeas",
    version="1",
    description="People who are sought, and what is said of them, each with its speaker.",
    auth=Bearer(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)


def document(_request: HttpRequest) -> JsonResponse:
    """Describe the addresses as OpenAPI; it holds nothing of anybody."""
    return JsonResponse(api.get_openapi_schema(path_prefix="/api/v1/"))


@api.exception_handler(Stop)
def _stopped(request: HttpRequest, error: Stop) -> HttpResponse:
    response = api.create_response(request, error.trouble, status=error.status)
    if error.status == 429:
        response["Retry-After"] = error.trouble["advice"].split()[1]
    return response


@api.exception_handler(HabeasError)
def _refused(request: HttpRequest, error: HabeasError) -> HttpResponse:
    trouble = {"happened": error.happened, "kept": error.kept, "advice": error.advice}
    return api.create_response(request, trouble, status=422)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = "; ".join(
        f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors
    )
    trouble = {
        "happened": f"The request is not as the document describes it: {fields}",
        "kept": "Nothing was changed.",
        "advice": "Read /api/v1/openapi.json.",
    }
    return api.create_response(request, trouble, status=422)


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    trouble = {
        "happened": f"{error}.",
        "kept": "Nothing was changed.",
        "advice": "Send JSON in UTF-8, as /api/v1/openapi.json describes it.",
    }
    return api.create_response(request, trouble, status=error.status_code)


_TROUBLES: dict[int, Any] = {401: Any, 404: Trouble, 422: Trouble, 429: Trouble}
Limit = Annotated[int, Query(ge=1, le=MOST)]
Key = Annotated[
    str,
    Header(alias="Idempotency-Key", min_length=8, max_length=100, pattern=r"^[A-Za-z0-9._~-]+$"),
]
Code = Annotated[str, Query(max_length=16)]


@api.get("/people", response={200: PeoplePage, **_TROUBLES})
def people(request: HttpRequest, after: Code = "", limit: Limit = 100) -> dict[str, Any]:
    """List the people whom the owner of the token may see, by their code."""
    _refuse_nul(after)
    rows = _people().filter(code__gt=after).order_by("code")[: limit + 1]
    found = [_person(one) for one in rows]
    return {
        "people": found[:limit],
        "next": found[limit - 1]["code"] if len(found) > limit else None,
    }


@api.get("/people/{code}", response={200: PersonOut, **_TROUBLES})
def person(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return one person."""
    return _person(_at(code))


@api.get("/people/{code}/statements", response={200: StatementsPage, **_TROUBLES})
def statements(
    request: HttpRequest,
    code: str,
    after: Annotated[int, Query(ge=0, lt=2**63)] = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """List what is said of a person now, oldest first; what was corrected or taken back is not."""
    found = [one for one in reading.live(_at(code)) if one.pk > after]
    return {
        "statements": [_statement(one) for one in found[:limit]],
        "next": found[limit - 1].pk if len(found) > limit else None,
    }


@api.post(
    "/people/{code}/statements",
    response={201: StatementOut, 400: Trouble, 403: Trouble, 409: Trouble, **_TROUBLES},
)
def say(
    request: HttpRequest,
    code: str,
    said: StatementIn,
    idempotency_key: Annotated[
        str,
        Header(
            alias="Idempotency-Key", min_length=8, max_length=100, pattern=r"^[A-Za-z0-9._~-]+$"
        ),
    ],
) -> HttpResponse:
    """Take a statement down, once for each Idempotency-Key; sent again it is only answered."""
    token: Token = request.auth  # type: ignore[attr-defined]  # set by ninja
    if not token.writes:
        raise Stop(403, "This token may only read.", "Nothing was changed.", "Ask for another.")
    subject = _at(code)
    body = hashlib.sha256(request.path.encode() + b"\n" + request.body).hexdigest()
    earlier = _sent(token, idempotency_key, body)
    if earlier is None:
        try:
            with transaction.atomic():
                answer = _statement(_take_down(subject, said, request))
                answer["recorded_at"] = answer["recorded_at"].isoformat()
                earlier = Sent.objects.create(
                    token=token, key=idempotency_key, body=body, status=201, answer=answer, at=now()
                )
        except IntegrityError:  # the same request came twice at the same time
            earlier = _sent(token, idempotency_key, body)
    assert earlier is not None
    return api.create_response(request, earlier.answer, status=earlier.status)


@api.get("/people/{code}/consents", response={200: list[ConsentOut], **_TROUBLES})
def consents(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """Return what counts for each use."""
    found = asking.answers(_at(code), now())
    return [{"use": one.use, "holds": one.holds, "missing": one.missing} for one in found.values()]


@api.get("/people/{code}/left", response={200: list[LeftOut], **_TROUBLES})
def left(request: HttpRequest, code: str) -> list[Leaving]:
    """List the newest 200 files that left with something of a person."""
    return list(Leaving.objects.filter(people__subject=_at(code)).order_by("-pk")[:MOST])


def _people() -> Any:  # noqa: ANN401 - a query of Django
    people = Subject.objects.filter(kind=Subject.PERSON).select_related("person", "standing")
    return people.prefetch_related("person__spellings")


def _refuse_nul(text: str) -> None:
    if "\x00" in text:
        raise _not_there()


def _not_there() -> Stop:
    return Stop(404, "There is no such person here.", "Nothing was changed.", "Ask /api/v1/people.")


def _at(code: str) -> Subject:
    """Return a person whom the asker may see; another is as if there were none."""
    _refuse_nul(code)
    found: Subject | None = _people().filter(code=code).first()
    if found is None:
        raise _not_there()
    return found


def _person(subject: Subject) -> dict[str, Any]:
    spellings = subject.person.spellings.all() if subject.person else []
    standing = getattr(subject, "standing", None)
    return {
        "code": subject.code,
        "names": [one.text for one in spellings if one.withdrawn_at is None],
        "birth_year": subject.person.birth_year if subject.person else None,
        "added_at": subject.added_at,
        "custody": standing.state if standing else "unknown",
        "place": standing.place if standing else "",
        "confirmed_at": standing.confirmed_at if standing else None,
        "disputed": standing.disputed if standing else False,
    }


def _statement(row: Statement) -> dict[str, Any]:
    names = set(StatementOut.model_fields) - {"id", "document"}
    return {
        "id": row.pk,
        "document": row.document_id,
        **{name: getattr(row, name) for name in names},
    }


def _sent(token: Token, key: str, body: str) -> Sent | None:
    found = Sent.objects.filter(token=token, key=key).first()
    if found is not None and found.body != body:
        raise Stop(
            409,
            "Something else was sent under this key.",
            "What was sent first stays; nothing was changed.",
            "Take a new key for each thing you send.",
        )
    return found


def _take_down(subject: Subject, said: StatementIn, request: HttpRequest) -> Statement:
    hand = Hand(request.user.get_username(), now())
    supersedes = None
    if said.supersedes is not None:
        supersedes = Statement.objects.filter(pk=said.supersedes, subject=subject).first()
        if supersedes is None:
            raise Stop(
                422,
                "The statement that it corrects is not one of this person.",
                "Nothing was changed.",
                "Ask for the statements of this person.",
            )
    try:
        _settle(said)
        claim, source = _claimed(said)
        return recording.state(subject, claim, source, hand, supersedes=supersedes)
    except when.NotATime as error:
        raise Stop(
            422,
            "A time is not in EDTF, or its zone is not known.",
            "Nothing was changed.",
            "Write for example 2021-03-25, 2021-03 or 2021-03-25/2021-03-27, and a zone of IANA.",
        ) from error


def _claimed(said: StatementIn) -> tuple[Claim, Said]:
    claim = Claim(
        said.property,
        said.value,
        as_said=said.as_said,
        lang=said.lang,
        about=said.about,
        zone=said.zone,
    )
    source = Said(
        said.speaker,
        said.role,
        place=said.place,
        said_on=said.said_on,
        certainty=said.certainty,
        in_custody=said.in_custody,
        visibility=said.visibility,
    )
    return claim, source


def _settle(said: StatementIn) -> None:
    """Refuse what the form of the site would refuse too.

    Raises:
        when.NotATime: a time or a zone is none.
        Stop: the property has a closed list to which the value does not belong.
    """
    if not when.known_zone(said.zone):
        raise when.NotATime(said.zone)
    of = known(said.property)
    for text in (said.about, said.said_on, said.value if of.kind == TIME else ""):
        if text:
            when.parse(text).bounds(said.zone)
    if of.kind == CODE and (said.property != timeline.TERM or said.value not in STATES):
        raise Stop(
            422,
            "This property has a closed list of values, and this is none of them.",
            "Nothing was changed.",
            f"For custody write one of: {', '.join(STATES)}. Other pairs are made on the site.",
        )
