"""What all pages of the ГАС «Правосудие» sites share: the frame, and which court a host is."""

import zlib
from dataclasses import dataclass

CHARSET = "windows-1251"


@dataclass(frozen=True, slots=True)
class Court:
    """A court of the replica.

    Attributes:
        host: its site.
        code: an invented code of the real form ("99RS0009"); 99 is no region.
        name: its invented name.
        second: True where its site has the second layout.
    """

    host: str
    code: str
    name: str
    second: bool = False


def court_at(host: str) -> Court:
    """Return the court of a host: by the first label of its name, as on the real platform."""
    first = host.partition(".")[0]
    number = zlib.crc32(host.encode()) % 10_000
    if first.endswith("kas"):
        return Court(host, f"99KJ{number:04}", f"Кассационный суд {first} (вымышленный)")
    if first.startswith("oblsud"):
        return Court(host, f"99OS{number:04}", f"Областной суд {first} (вымышленный)", second=True)
    return Court(host, f"99RS{number:04}", f"Районный суд {first} (вымышленный)")


def frame(court: Court, content: str, day: int) -> str:
    """Return a page of a court's site around what the case system prints."""
    return f"""<!DOCTYPE html>
<html class=' adopt '>
<head>
   <meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>
   <TITLE>{court.name}</TITLE>
   <script type='text/javascript'>var srv_num = 1;</script>
</head><body>
<div class="header"><div class="header__content">
   <a href="/"><h5 class="heading heading_caps heading_title">{court.name}</h5></a>
</div></div>
<div class="menu menu_vertical">
   <a class="menu__link" href="https://ej.sudrf.ru/?fromOa={court.code}">Подача обращений</a>
   <a class="menu__link active" href="/modules.php?name=sud_delo">Судебное делопроизводство</a>
</div>
<div class='box box_common m-all_m'>
<div class='box__head box__head_white'>Судебное делопроизводство</div>
<div id="modSdpContent">
{content}
</div></div>
<div class="footer">
   <div class="counter"><noscript><img src="//counter.sudrf.ru/cnt.php?ssid={court.code}&show=1">
   </noscript></div>
   Государственная автоматизированная система «Правосудие»
</div>
</body></html>
<!-- replica of habeas, day {day}: the court, every person, judge and number is invented -->
"""


def day_form(printed: str) -> str:
    """Return the form of the first layout that repeats the day that was asked for."""
    return f"""<div id=header>
	<form id='calformH' name='calformH' method='get' action='/modules.php'>
		<input name="name" type="hidden" value="sud_delo">
		<input name="srv_num" type="hidden" value=1>
		<table id=top_menu><tr><td>Вывести список дел, назначенных на дату</td>
		<td><input name='H_date' id='H_date' type='text' maxLength='10' value={printed}></td></tr>
		</table>
	</form>
</div>
"""
