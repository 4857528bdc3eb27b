"""The words by which sites say, at HTTP 200 too, that they do not answer."""

from dataclasses import dataclass

from habeas.sources.contract import Obstacle, PageKind


@dataclass(frozen=True, slots=True)
class Sign:
    """A kind of failure and the words (lower case) by which sites announce it."""

    kind: PageKind
    obstacle: Obstacle
    words: tuple[str, ...]


# Sentences of court platforms: believed anywhere in a page without entries, in a block of their
# own. From two public page classifiers of sudrf.ru (2024, 2026) and saved pages.
PLATFORM = (
    Sign(PageKind.CAPTCHA_REJECTED, Obstacle.CAPTCHA, ("проверочный код", "код с картинки")),
    Sign(
        PageKind.EXPIRED,
        Obstacle.EXPIRED,
        ("время жизни сессии", "сессия истекла", "срок действия сессии"),
    ),
    Sign(
        PageKind.BAD_QUERY, Obstacle.BAD_QUERY, ("неверный формат запроса", "сервер сдп не найден")
    ),
    Sign(
        PageKind.BLOCKED,
        Obstacle.BLOCKED,
        ("запрос заблокирован", "заблокирован по соображениям безопасности"),
    ),
    Sign(PageKind.GONE, Obstacle.GONE, ("была удалена или перемещена", "пустой документ")),
    Sign(
        PageKind.DOWN,
        Obstacle.DOWN,
        (
            "информация временно недоступна",
            "pg_connect()",
            "информационное наполнение сайта",
            "модуль неактивен",
            "в связи с проведением работ",
            "сервис временно недоступен",
            "сайт временно недоступен",
        ),
    ),
    Sign(
        PageKind.EMPTY_UNCONFIRMED,
        Obstacle.UNCONFIRMED_EMPTY,
        ("данных по запросу не обнаружено", "данных по запросу не найдено", "ничего не найдено"),
    ),
)
# Words that mean this only where the whole page says little else.
SHORT_PAGE = (
    Sign(
        PageKind.BLOCKED,
        Obstacle.BLOCKED,
        (
            "access denied",
            "доступ запрещен",
            "доступ запрещён",
            "доступ ограничен",
            "request blocked",
            "you have been blocked",
            "too many requests",
            "checking your browser",
            "just a moment",
            "запрос был заблокирован",
            "webknight",
        ),
    ),
    Sign(
        PageKind.DOWN,
        Obstacle.DOWN,
        (
            "временно недоступ",
            "технические работы",
            "технических работ",
            "регламентные работы",
            "регламентных работ",
            "профилактические работы",
            "internal error",
            "internal server error",
            "temporarily unavailable",
            "service unavailable",
            "bad gateway",
            "gateway time",
            "under maintenance",
            "муваққатан дастнорас",
            "убактылуу жеткиликсиз",
        ),
    ),
    Sign(PageKind.EXPIRED, Obstacle.EXPIRED, ("session expired", "session has expired")),
    Sign(PageKind.GONE, Obstacle.GONE, ("page not found", "страница не найдена")),
    Sign(
        PageKind.EMPTY_UNCONFIRMED,
        Obstacle.UNCONFIRMED_EMPTY,
        ("zero (0) matching records",),
    ),
)
