"""Printed roles and what they mean for a search: is this a party, a judge, a lawyer, an office?

Only the capacity is decided here, never who somebody is. A role that is not in the table is a
party's: a search skips officials, so a wrong "official" would hide a person and a wrong "party"
costs the reader one more line.
"""

import re

from habeas.sources.contract import Capacity

# Words by which a role begins, lower case, ё as е. Codes: КоАП РФ, глава 25 (participants);
# КАС РФ, глава 4; ГПК РФ, глава 4; УПК РФ, главы 5-8; the portals' own column headings.
_OFFICIAL = (
    "судья", "судьи", "председательствующий", "председатель", "докладчик", "состав суда",
    "секретарь", "помощник судьи", "прокурор", "помощник прокурора", "гособвинитель",
    "государственный обвинитель", "должностное лицо", "лицо, составившее протокол",
    "следователь", "дознаватель", "судебный пристав", "судебный исполнитель", "судя", "котиб",
    "прокурори", "муфаттиш", "төрагалык кылуучу", "judge", "clerk", "prosecutor",
)  # fmt: skip
_REPRESENTATIVE = (
    "представител", "законный представитель", "защитник", "адвокат", "намоянда", "вакил",
    "ҳимоятгар", "өкүл", "lawyer", "attorney", "counsel", "defender", "representative",
)  # fmt: skip
_ORGANISATION = (
    "орган", "административный орган", "коллегиальный орган", "учреждение", "организация",
    "суд первой инстанции", "наименование суда", "суд", "court", "страховая компания",
)  # fmt: skip
# A word by which an office or a company names itself.
_OFFICES = """
    ооо оао зао пао ао нао нко ано чоу фгуп фгбу фгку фгау фку гуп гбу гку гкоу гау муп мбу
    мкоу мку тсж тсн снт днп жск гск тоо осоо оаож ифнс мифнс уфнс фнс мвд умвд гу омвд омвдр
    овд увд увм овм ровд гувд увдт лоп пдн дпс гибдд огибдд цафап роспотребнадзор росреестр
    росреестра росгвардия уфссп фссп осп росп гуфссп фсин уфсин гуфсин фсб уфсб пфр сфр мчс
    гжи мжи дги оатк мади ампп оати фас уфас фмс уфмс адамот судгоҳ прокурор прокурора
    прокуратура прокуратуры прокуратурой министерство министерства министерству департамент
    департамента управление управления отдел отделение отдела отделения администрация
    администрации правительство правительства инспекция инспекции комитет комитета комиссия
    комиссии служба службы фонд фонда совет совета общество общества товарищество товарищества
    кооператив учреждение учреждения предприятие предприятия организация организации
    ассоциация академия университет институт школа больница банк банка банку компания компании
    корпорация агентство агентства инспектор суд суда районный городской областной мировые
    казначейства казначейство колония llc ltd inc corp ministry court department
    департаменти мэриясы министрлиги башкармалыгы прокуратурасы комитети кызматы инспекциясы
    агенттиги бөлүмү соту вазорати раёсати шуъбаи кумитаи прокуратураи
"""
_OFFICE_WORDS = frozenset(_OFFICES.split())
_PERSON = re.compile(
    r"(?:ИП\s+)?[^\W\d_][^\W\d_'’ʼ-]*(?:-[^\W\d_]+)?\s+[^\W\d_]\.\s?(?:[^\W\d_]\.)?", re.UNICODE
)
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[\"«“„].{2,}?[\"»”“]")


def capacity_of(role: str, name: str = "") -> Capacity:
    """Return in what capacity somebody with this printed role is named.

    `name`, if given, tells offices and companies from people among the parties: "ДГИ по
    г. Москве" as a respondent is an organisation, "ИП Соловьев М.А." is a person. A person may
    still be named inside an organisation's entry, so a search must read these too.
    """
    known = _of_role(" ".join(role.lower().replace("ё", "е").split()))
    if known is Capacity.PARTY and name and is_organisation(name):
        return Capacity.ORGANISATION
    return known


def _of_role(role: str) -> Capacity:
    # "представитель прокурора" is a representative, "прокурор" an official: the first word rules.
    if role.startswith(_REPRESENTATIVE):
        return Capacity.REPRESENTATIVE
    if role.startswith(_OFFICIAL):
        return Capacity.OFFICIAL
    if role in _ORGANISATION or role.startswith(("орган,", "орган ", "суд,")):
        return Capacity.ORGANISATION
    return Capacity.PARTY


def is_organisation(name: str) -> bool:
    """Return whether a printed party is plainly an office or a company and not a person."""
    if _PERSON.fullmatch(name.strip()):
        return False
    if name.startswith("ИП "):
        return False
    if _QUOTED.search(name):
        return True
    return any(word in _OFFICE_WORDS for word in _WORD.findall(name.lower()))
