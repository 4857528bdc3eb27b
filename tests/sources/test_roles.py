"""A wrong "official" hides a person; a wrong "party" costs one more line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources.contract import Capacity
from habeas.sources.roles import capacity_of, is_organisation


@pytest.mark.parametrize(
    ("role", "name", "capacity"),
    [
        ("Привлекаемое лицо", "Выдумов Н.Н.", Capacity.PARTY),
        ("ПРИВЛЕКАЕМОЕ ЛИЦО", "Выдумов Назар Небылович", Capacity.PARTY),
        ("Лицо, в отношении которого ведётся производство", "Выдумов Н.Н.", Capacity.PARTY),
        ("ТРЕТЬЕ ЛИЦО", "Выдумов Н.Н.", Capacity.PARTY),
        ("Истец", 'ООО "Небыль"', Capacity.ORGANISATION),
        ("Административный ответчик", "ДГИ по г. Небылинску", Capacity.ORGANISATION),
        ("Административный истец", "ИП Выдумов М.А.", Capacity.PARTY),
        ("Истец", "Банк И.И.", Capacity.PARTY),
        ("Судья", "Выдумов Н.Н.", Capacity.OFFICIAL),
        ("Судья-докладчик", "Выдумов Н.Н.", Capacity.OFFICIAL),
        ("ПРОКУРОР", "", Capacity.OFFICIAL),
        ("Должностное лицо, составившее протокол", "ОМВД России", Capacity.OFFICIAL),
        ("Защитник", "Выдумов Н.Н.", Capacity.REPRESENTATIVE),
        ("Представитель прокурора", "Выдумов Н.Н.", Capacity.REPRESENTATIVE),
        ("", "Выдумов Н.Н.", Capacity.PARTY),
        ("Переводчик", "Выдумов Н.Н.", Capacity.PARTY),
    ],
)
def test_a_role_has_its_capacity(role: str, name: str, capacity: Capacity) -> None:
    assert capacity_of(role, name) is capacity


@given(st.text(max_size=30))
def test_an_unknown_role_never_makes_an_official(role: str) -> None:
    assert capacity_of(f"неслыханная роль {role}", "Выдумов Н.Н.") is Capacity.PARTY


@pytest.mark.parametrize(
    "name",
    ["Выдумов Н.Н.", "Отдел Н.Н.", "Суд-Оглы Н.", "Совет И. И.", "Асан уулу Б.", "ИП Школа И.И."],
)
def test_a_person_is_no_organisation(name: str) -> None:
    assert not is_organisation(name)


@pytest.mark.parametrize(
    "office",
    [
        "ИИМ Миграция департаменти",
        "Ойдогу шаардын мэриясы",
        "Финансы министрлиги",
        "Жок райондук билим берүү башкармалыгы",
        "Вазорати корҳои дохилӣ",
    ],
)
def test_kyrgyz_and_tajik_offices_are_organisations(office: str) -> None:
    assert is_organisation(office)
    assert not is_organisation("Жомок уулу Ө.")
