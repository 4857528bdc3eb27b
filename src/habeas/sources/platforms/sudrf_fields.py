"""The labels and headings of case cards of the ГАС «Правосудие» sites, and the terms for them.

Collected from saved cards of 2025-2026 (first instance, appeal, cassation; КоАП, civil, КАС) and
from the headings that public parsers of these sites list. A label that is not here stops the
reading of a card as a known layout: a name may stand under it.
"""

FIELDS = {
    "Уникальный идентификатор дела": "uid",
    "Дата поступления": "received",
    "Номер по предыдущей регистрации": "former_number",
    "Номер протокола об АП": "protocol",
    "Категория дела": "category",
    "Категория": "category",
    "Судья": "judge",
    "Судья-докладчик": "judge",
    "Дата рассмотрения": "decided",
    "Дата рассмотрения дела": "decided",
    "Результат рассмотрения": "result",
    "Результат": "result",
    "Дата вступления в законную силу": "in_force",
    "Дата вступления решения в силу": "in_force",
    "Номер здания, название обособленного подразделения": "building",
    "Признак рассмотрения дела": "composition",
    "Вид обжалуемого судебного акта": "appealed_act",
    "Из Верховного Суда Российской Федерации": "from_supreme_court",
    "Результат в отношении решения апелляционной инстанции": "result_for_appeal",
    "Результат в отношении постановления": "result_for_ruling",
    "Результат в отношении решения": "result_for_decision",
    "Регион суда первой инстанции": "lower_region",
    "Суд (судебный участок) первой инстанции": "lower_court",
    "Суд (мировой судья) первой инстанции": "lower_court",
    "Номер дела в первой инстанции": "lower_number",
    "Дата решения первой инстанции": "lower_decided",
    "Судья (мировой судья) первой инстанции": "lower_judge",
    "Суд апелляционной инстанции": "appeal_court",
    "Номер дела в апелляционной инстанции": "appeal_number",
    "Дата решения апелляционной инстанции": "appeal_decided",
}
"""Labels of the tabs that print one value each."""

COMPLAINT_FIELDS = {
    "Вид жалобы (представления)": "kind",
    "Вид жалобы (протеста)": "kind",
    "Заявитель": "applicant_role",
    "Вышестоящий суд": "higher_court",
    "Назначено в вышестоящий суд на дату": "higher_court_date",
    "Назначено в вышестоящий суд на время": "higher_court_time",
    "Дата рассмотрения жалобы": "considered",
    "Результат обжалования": "result",
    "Результат в отношении постановления": "result_for_ruling",
    "Результат в отношении решения": "result_for_decision",
}
"""Labels of one complaint in the tab of complaints of first-instance cards."""

EVENTS = {
    "Наименование события": "event",
    "Событие": "event",
    "Дата": "date",
    "Дата события": "date",
    "Время": "time",
    "Время слушания": "time",
    "Время события": "time",
    "Место проведения": "place",
    "Место проведения (Зал судебного заседания)": "place",
    "Зал судебного заседания": "place",
    "Результат события": "result",
    "Результат": "result",
    "Основание для выбранного результата события": "basis",
    "Основание для выбранного результата": "basis",
    "Основания": "basis",
    "Примечание": "note",
    "Дата размещения": "published",
}
"""Headings of the movement of a case and of a complaint."""

PARTIES = {
    "Вид лица, участвующего в деле": "role",
    "Процессуальный статус лица, участвующего в деле": "role",
    "Процессуальный статус": "role",
    "Фамилия / наименование": "name",
    "Лицо, участвующее в деле (ФИО, наименование)": "name",
    "Сторона по делу (ФИО, наименование)": "name",
    "ФИО": "name",
    "Перечень статей": "articles",
    "Дата рассмотрения дела в отношении лица": "decided",
    "Результат в отношении лица": "result",
    "ИНН": "inn",
    "КПП": "kpp",
    "ОГРН": "ogrn",
    "ОГРНИП": "ogrnip",
}
"""Headings of the parties; «ЛИЦА» of criminal cards has no column of roles."""

WRITS = {
    "Дата выдачи": "issued",
    "Серия, номер бланка": "series",
    "Номер электронного ИД": "electronic",
    "Статус": "status",
    "Кому выдан / направлен": "to",
}
"""Headings of the writs of execution."""

COMPLAINTS = {
    "Дата поступления": "received",
    "Процессуальный статус заявителя": "applicant_role",
    "Лицо, подавшее жалобу (заявитель)": "applicant",
    "Дата передачи жалобы на изучение": "passed_on",
    "С истребованием дела": "case_called_for",
    "Дата опр. об оставл. жалобы без движения / напр. уведомления": "left_without_motion",
    "Срок для устранения недостатков": "to_be_corrected_by",
    "Дата поступления исправленной жалобы": "corrected",
    "Дата вынесения определения по итогам изучения": "studied",
    "Результат изучения жалобы": "study_result",
}
"""Headings of the complaints in cards of courts of cassation."""

CLAIMS = {
    "Вид требования": "claim",
    "Решение": "result",
    "Дата решения": "decided",
}
"""Headings of the claims in cards of the second generation."""
