"""sudrf.ru itself: the portal's list of courts, of one region or of all, in UTF-8."""

from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.listing import text
from habeas.replica.portals.sudrf_frame import court_at

HOSTS = frozenset({"sudrf.ru", "www.sudrf.ru"})
REGION = "99"
"""The region of all courts of the replica; no real one has this code."""

_SOURCES = ("ru_sudrf", "ru_sudrf_cassation")


def answer(ask: Ask, stage: Stage) -> Reply | None:
    """Return the list of courts of an address, None where the portal has no such page.

    A region without courts shows the search form and no list, as an unknown one does.
    """
    query = ask.query
    if ask.path != "/index.php" or (query.get("id"), query.get("act")) != ("300", "go_search"):
        return None
    asked = query.get("court_subj", "")
    hosts = _hosts(stage) if asked in {REGION, "0", "22"} else []
    entries = "\n".join(_entry(host) for host in hosts)
    found = f'<ul class="search-results">\n{entries}\n</ul>' if hosts else ""
    return Reply(f"""<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8"><title>ГАС «Правосудие»</title></head>
<body><form method="get" action="/index.php"><input name="id" type="hidden" value="300">
<input name="court_name"><input type="submit" value="Найти"></form>
{found}
</body></html>
<!-- replica of habeas, day {stage.day}: every court on this page is invented -->
""")


def _hosts(stage: Stage) -> list[str]:
    courts = {
        one.entry.court.partition("#")[0]
        for one in stage.script.planned
        if one.entry.source in _SOURCES
    }
    return sorted(courts)


def _entry(host: str) -> str:
    court = court_at(host)
    return (
        f'<li><a class="court-result" href="javascript:void(0)">{text(court.name)} '
        "(Несуществующая область)</a>\n"
        f'<div class="courtInfoCont"><b>Классификационный код:</b> {court.code}<br>'
        "<b>Адрес:</b> 000000, г. Небылово<br><b>Телефон:</b> 000<br>"
        f'<b>E-mail:</b> <a href="mailto:court@{host}">court@{host}</a><br>'
        f'<b>Официальный сайт:</b> <a href="http://{host}">http://{host}</a></div></li>'
    )
