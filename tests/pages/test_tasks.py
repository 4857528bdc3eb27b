"""Every task of the site, done in a real browser: with script and without."""

import re

import pytest
from playwright.sync_api import Page, expect
from site_served import Site
from site_story import NAME, PRINTED


def test_a_link_opens_the_site_once(pages: Page, site: Site) -> None:
    expect(pages.get_by_role("heading", level=1)).to_have_text("Overview")
    link = site.link()
    pages.get_by_role("button", name="Sign out").click()
    expect(pages.get_by_role("heading", level=1)).to_have_text("Sign in")
    pages.goto(link)
    pages.wait_for_url("**/en/")
    pages.goto(link)
    expect(pages.get_by_role("heading", level=1)).to_have_text("This link is no longer valid")


def test_a_match_is_looked_at_and_decided_and_taken_back(pages: Page, site: Site) -> None:
    pages.get_by_role("link", name=re.compile("^Look and decide")).first.click()
    expect(pages.get_by_role("heading", level=1)).to_have_text("Is this person H7K3M?")
    pages.get_by_role("button", name="Record the answer").click()
    expect(pages.get_by_role("alert")).to_contain_text("Choose an answer.")
    pages.get_by_label("the same person", exact=True).check()
    pages.get_by_role("button", name="Record the answer").click()
    expect(pages.get_by_role("alert")).to_contain_text("Write how you know")
    assert pages.get_by_label("the same person", exact=True).is_checked()
    pages.get_by_label("Ground").fill("Жена узнала номер паспорта")
    pages.get_by_role("button", name="Record the answer").click()
    expect(pages.get_by_role("status")).to_contain_text("Your answer was recorded.")
    expect(pages.get_by_role("heading", name="Decided: the same person")).to_be_visible()
    expect(pages.get_by_text("Жена узнала номер паспорта")).to_be_visible()
    expect(pages.get_by_role("list").filter(has_text=PRINTED).first).to_be_visible()
    pages.get_by_role("link", name=re.compile("^Look again, change the answer")).first.click()
    pages.get_by_label("not the same person").check()
    pages.get_by_label("Ground").fill("Это был его брат")
    pages.get_by_role("button", name="Record the answer").click()
    expect(pages.get_by_role("status")).to_contain_text("Your answer was recorded.")
    assert [one.answer for one in site.story.match.decisions.order_by("pk")] == ["same", "not_same"]


def test_a_person_is_added_and_a_spelling_added_and_withdrawn(pages: Page) -> None:
    pages.get_by_role("link", name="Add a person").first.click()
    pages.get_by_role("button", name="Add this person").click()
    expect(pages.get_by_role("alert")).to_contain_text("Write at least one spelling")
    pages.get_by_label("Spellings of the name").fill("Вымышлен Небылов\nVymyshlen Nebylov")
    pages.get_by_label("Year of birth").fill("1990")
    pages.get_by_role("button", name="Add this person").click()
    expect(pages.get_by_role("status")).to_contain_text("Added under the code P3.")
    expect(pages.get_by_text("still being compared")).to_be_visible()
    pages.get_by_role("link", name="Add a spelling").click()
    pages.get_by_label("Spelling").fill("Небылов В.")
    pages.get_by_role("button", name="Add a spelling").click()
    expect(pages.get_by_role("status")).to_contain_text("The spelling was added.")
    pages.get_by_role("link", name=re.compile("^Withdraw.*Vymyshlen")).click()
    pages.get_by_role("button", name="Withdraw this spelling").click()
    expect(pages.get_by_role("status")).to_contain_text("withdrawn")
    expect(pages.get_by_text("Withdrawn spellings")).to_be_visible()


def test_from_a_day_of_the_calendar_to_the_proof(pages: Page, site: Site) -> None:
    pages.goto(f"{site.address}/en/people/P9CWF/")
    table = pages.get_by_role("table", name=re.compile("Moscow"))
    expect(table.get_by_role("columnheader")).to_have_count(8)
    expect(table.get_by_role("rowheader").first).to_have_text("2 November 2026")
    cell = table.get_by_role("cell").filter(has_text="captcha")
    expect(cell).to_contain_text("could not look")
    cell.get_by_role("link").click()
    expect(pages.get_by_role("heading", name="Looks on 2026-11-12 (Europe/Moscow)")).to_be_visible()
    pages.get_by_role("rowheader").get_by_role("link").last.click()
    expect(pages.get_by_role("heading", level=1)).to_have_text("Proof of a look")
    expect(pages.get_by_text("asks for the digits of a picture")).to_have_count(2)
    expect(pages.get_by_text("GET https://mos-gorsud.ru/search")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("Русский", "Обзор"),
        ("Тоҷикӣ", "Саҳифаи умумӣ"),
        ("Oʻzbekcha", "Umumiy sahifa"),
        ("English", "Overview"),
    ],
)
def test_the_language_is_one_link_away(pages: Page, language: str, heading: str) -> None:
    pages.get_by_role("link", name=language, exact=True).click()
    expect(pages.get_by_role("heading", level=1)).to_have_text(heading)


def test_a_name_stands_in_the_page_and_not_in_address_or_title(pages: Page, site: Site) -> None:
    for address in ("", "people/H7K3M/", f"matches/{site.story.match.pk}/"):
        pages.goto(f"{site.address}/en/{address}")
        expect(
            pages.get_by_text(NAME.split()[1]).or_(pages.get_by_text(PRINTED)).first
        ).to_be_visible()
        assert "ыдумов" not in pages.title().casefold()
        assert "ыдумов" not in pages.url.casefold()
