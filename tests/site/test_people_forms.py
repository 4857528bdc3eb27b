"""Adding people and spellings: what was typed is kept, what cannot be a name is refused."""

import pytest
from django.test import Client
from site_story import NAME, NOW, Story

from habeas.watch.models import Backlog, Person, Spelling, Watch
from habeas.watch.pages import recording


def _added(owner: Client, **sent: str) -> Person:
    response = owner.post("/en/people/add/", sent)
    assert response.status_code == 302, response.content.decode()
    return Person.objects.get(code=response["Location"].split("/")[-2])


@pytest.mark.usefixtures("story")
def test_a_person_is_added_with_every_line_once(owner: Client) -> None:
    person = _added(
        owner, spellings="  Вымышлен  Небылов \r\n\r\nVymyshlen Nebylov\nВымышлен Небылов"
    )
    assert [one.text for one in person.spellings.order_by("pk")] == [
        "Вымышлен Небылов",
        "Vymyshlen Nebylov",
    ]
    assert {one.origin for one in person.spellings.all()} == {"owner"}
    assert person.birth_year is None
    assert Backlog.objects.filter(person=person, done_at=None).exists()


@pytest.mark.usefixtures("story")
def test_the_code_says_nothing_of_the_person(owner: Client) -> None:
    person = _added(owner, spellings="Вымышлен Небылов", birth_year="1984")
    assert person.code == "P3"
    assert person.birth_year == 1984
    assert _added(owner, spellings="Вымышлен Небылов").code == "P4"


@pytest.mark.usefixtures("story")
def test_a_code_that_is_taken_is_not_given_twice() -> None:
    Person.objects.create(code="P3")
    Person.objects.create(code="P5")
    codes = [
        recording.add_person(["Вымышлен Небылов"], birth_year=None, by="owner", at=NOW).code
        for _ in range(2)
    ]
    assert len({*codes, "P3", "P5"}) == 4


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Write at least one spelling"),
        ({"spellings": " \n \t "}, "Write at least one spelling"),
        ({"spellings": "Вымышлен Небылов\n12345"}, "holds no letters"),
        ({"spellings": "Ы" * 1001}, "longer than any name"),
        ({"spellings": "\n".join(f"Небылов {chr(1072 + n % 32)}{n}" for n in range(101))}, "101"),
        ({"spellings": "Небылов", "birth_year": "восемьдесят"}, "four digits"),
        ({"spellings": "Небылов", "birth_year": "84"}, "four digits"),
        ({"spellings": "Небылов", "birth_year": "99999999999999999999"}, "four digits"),
        ({"spellings": "x" * 200_001}, "too long"),
        ({"spellings": "Небы\x00лов"}, "Please correct this"),
    ],
)
@pytest.mark.usefixtures("story")
def test_what_cannot_be_a_person_is_refused_and_kept(
    sent: dict[str, str], words: str, owner: Client
) -> None:
    before = Person.objects.count()
    response = owner.post("/en/people/add/", sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert words in page
    assert "Please correct this" in page
    assert Person.objects.count() == before
    typed = sent.get("spellings", "").strip()
    if typed and "\x00" not in typed:
        assert typed[:20] in page


@pytest.mark.usefixtures("story")
def test_a_spelling_is_added_once(owner: Client) -> None:
    for _ in range(2):
        response = owner.post("/en/people/H7K3M/spellings/add/", {"spelling": "Oybodom Vydumov"})
        assert response.status_code == 302
    assert Spelling.objects.filter(text="Oybodom Vydumov").count() == 1
    assert "already known" in owner.get("/en/people/H7K3M/").content.decode()


@pytest.mark.usefixtures("story")
def test_a_refused_spelling_stays_in_its_field(owner: Client) -> None:
    response = owner.post("/en/people/H7K3M/spellings/add/", {"spelling": "<b>!!1</b>"[3:6]})
    assert response.status_code == 422
    assert 'value="!!1"' in response.content.decode()


def test_a_spelling_is_withdrawn_and_stays_on_record(story: Story, owner: Client) -> None:
    address = f"/en/spellings/{story.spelling.pk}/withdraw/"
    assert NAME in owner.get(address).content.decode()
    assert owner.get(address).status_code == 200
    assert Spelling.objects.get(pk=story.spelling.pk).withdrawn_at is None  # asking is no doing
    assert owner.post(address).status_code == 302
    first = Spelling.objects.get(pk=story.spelling.pk).withdrawn_at
    assert first == NOW
    owner.post(address)
    assert Spelling.objects.get(pk=story.spelling.pk).withdrawn_at == first
    page = owner.get("/en/people/H7K3M/").content.decode()
    assert "Withdrawn spellings" in page
    assert "nothing can be found for this person" in page


def test_no_field_for_a_name_is_sent_to_a_spelling_service(story: Story, owner: Client) -> None:
    for address in ("people/add/", "people/H7K3M/spellings/add/", f"matches/{story.match.pk}/"):
        page = owner.get(f"/en/{address}").content.decode()
        fields = [
            line for line in page.splitlines() if "<textarea" in line or 'type="text"' in line
        ]
        named = [line for line in fields if "birth_year" not in line]
        assert named
        for field in named:
            assert 'spellcheck="false"' in field
            assert 'autocomplete="off"' in field
            assert 'dir="auto"' in field


def test_the_form_says_who_will_learn_the_name(story: Story, owner: Client) -> None:
    for address in ("people/add/", "people/H7K3M/spellings/add/"):
        page = owner.get(f"/en/{address}").content.decode()
        assert "What you write here stays on this machine." in page
    Watch.objects.filter(pk=story.court.pk).update(by_name=True)
    for address in ("people/add/", "people/H7K3M/spellings/add/"):
        page = owner.get(f"/en/{address}").content.decode()
        assert "will be sent to these sources" in page
        assert "Courts of Moscow: cases and hearings" in page
