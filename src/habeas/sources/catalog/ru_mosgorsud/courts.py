"""The courts of the portal by the alias that stands in their addresses.

Source: the list of courts in the footer of a page of the portal saved in July 2026; `mgs` is the
City Court.
"""

COURTS = {
    "mgs": "Московский городской суд",
    "babushkinskij": "Бабушкинский районный суд",
    "basmannyj": "Басманный районный суд",
    "butyrskij": "Бутырский районный суд",
    "gagarinskij": "Гагаринский районный суд",
    "golovinskij": "Головинский районный суд",
    "dorogomilovskij": "Дорогомиловский районный суд",
    "zamoskvoreckij": "Замоскворецкий районный суд",
    "zelenogradskij": "Зеленоградский районный суд",
    "zyuzinskij": "Зюзинский районный суд",
    "izmajlovskij": "Измайловский районный суд",
    "koptevskij": "Коптевский районный суд",
    "kuzminskij": "Кузьминский районный суд",
    "kuncevskij": "Кунцевский районный суд",
    "lefortovskij": "Лефортовский районный суд",
    "lyublinskij": "Люблинский районный суд",
    "meshchanskij": "Мещанский районный суд",
    "nagatinskij": "Нагатинский районный суд",
    "nikulinskij": "Никулинский районный суд",
    "ostankinskij": "Останкинский районный суд",
    "perovskij": "Перовский районный суд",
    "preobrazhenskij": "Преображенский районный суд",
    "presnenskij": "Пресненский районный суд",
    "savelovskij": "Савеловский районный суд",
    "simonovskij": "Симоновский районный суд",
    "solncevskij": "Солнцевский районный суд",
    "taganskij": "Таганский районный суд",
    "tverskoj": "Тверской районный суд",
    "timiryazevskij": "Тимирязевский районный суд",
    "troickij": "Троицкий районный суд",
    "tushinskij": "Тушинский районный суд",
    "hamovnicheskij": "Хамовнический районный суд",
    "horoshevskij": "Хорошевский районный суд",
    "cheremushkinskij": "Черемушкинский районный суд",
    "chertanovskij": "Чертановский районный суд",
    "shcherbinskij": "Щербинский районный суд",
}


def path_of(alias: str) -> str:
    """Return the path of a court on the portal: "/mgs" or "/rs/tverskoj"."""
    return "/mgs" if alias == "mgs" else f"/rs/{alias}"


def court_in(path: str) -> str:
    """Return the printed name of the court an address belongs to, empty if it names none."""
    parts = path.partition("?")[0].split("/")
    alias = parts[2] if parts[1:2] == ["rs"] and len(parts) > 2 else "".join(parts[1:2])
    return COURTS.get(alias, "")
