"""What all pages of mos-gorsud.ru share: the frame, a cell, the names of the courts."""

from habeas.replica.listing import text
from habeas.sources.catalog.ru_mosgorsud.courts import COURTS

__all__ = ["COURTS", "cell", "frame"]

_PORTAL = "Официальный портал судов общей юрисдикции города Москвы"


def frame(title: str, court: str, body: str, day: int) -> str:
    """Return a page of the portal around its content."""
    parts = " | ".join(part for part in (title, court, _PORTAL) if part)
    return f"""<!DOCTYPE html>
<html lang="ru">
 <head>
 <meta name="robots" content="noindex, nofollow">
<meta charset="UTF-8" />
 <title>
        {text(parts)}
    </title>
 </head>
 <body>
 <header class="header"><div class="header__content">
 <a href="/" class="header__title">{_PORTAL}</a></div></header>
 <main class="content" id="main-content">
 <div id="content"><div class='container-xl'>
{body}
 </div></div>
 </main>
 <footer class="footer"><ul><li>Верховный Cуд Российской Федерации</li></ul></footer>
 <div class="modal-work-comment"><div id="work-comment-recaptcha"></div></div>
 </body>
</html>
<!-- replica of habeas, day {day}: every person, judge, number and event is invented -->
"""


def cell(inner: str, attributes: str = "") -> str:
    """Return a cell of a list; attributes belong to the box of its content."""
    return (
        '<td>\n <div class="table-row-wrap ">\n  <div class="table-row-content "'
        f"{attributes}>\n{inner}\n  </div>\n </div>\n</td>"
    )
