"""locator.ice.gov: the answer of an exact-match locator, whose zero is known to be false at times.

The real site answers a form in a browser; the replica gives the page that a person would save.
"""

from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.listing import Line, Listing, printed_names, spoilt, text
from habeas.replica.script import Entry

SOURCE = "us_ice_locator"
HOSTS = ("locator.ice.gov",)
_LABELS = ("Country of Birth", "A-Number", "Status", "State", "Current Detention Facility")
_CAPTCHA = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Verify</title></head><body>
<form><div class="g-recaptcha" data-sitekey="invented"></div></form></body></html>"""
_CHALLENGE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>Just a moment...</title></head>
<body><noscript>Enable JavaScript and cookies to continue</noscript>
<script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script></body></html>"""
_ZERO = "<p>Your search has returned zero (0) matching records. Please re-check the terms.</p>"


def answer(ask: Ask, stage: Stage) -> Reply | None:
    """Return the answer to an exact name, None for any other address."""
    if ask.path != "/odls/results":
        return None
    wanted = ask.query.get("name", "")
    entries = [
        printed_names(entry, stage.faults)
        for entry in stage.script.visible(SOURCE, stage.day)
        if not wanted or wanted in entry.names
    ]
    if not entries:
        return _framed(_ZERO, stage.day)
    lines = tuple(Line(one, _values(one), at) for at, one in enumerate(entries, 1))
    listing = spoilt(Listing(_LABELS, lines, len(lines)), stage.faults)
    people = "".join(
        f"<div><h3>{text(', '.join(line.entry.names))}</h3>"
        + "".join(
            f"<p>{text(label)}: {text(value)}</p>"
            for label, value in zip(listing.columns, line.cells, strict=True)
        )
        + "</div>"
        for line in listing.lines
    )
    return _framed(f"<h2>Search Results: {listing.counter}</h2>{people}", stage.day)


def captcha(ask: Ask) -> Reply:
    """Return a page that asks to prove that one is human."""
    del ask
    return Reply(_CAPTCHA)


def challenge(ask: Ask) -> Reply:
    """Return a shield against robots."""
    del ask
    return Reply(_CHALLENGE)


def maintenance(ask: Ask) -> Reply:
    """Return "Internal Error", at HTTP 200."""
    del ask
    return _framed("<h2>Internal Error</h2><p>An internal error has occurred.</p>", 0)


def malformed(ask: Ask, stage: Stage) -> Reply:
    """Return the zero that any search gets that was not understood."""
    del ask
    return _framed(_ZERO, stage.day)


def _values(entry: Entry) -> tuple[str, ...]:
    number = f"{entry.serial:09}"
    return ("Tajikistan", number, entry.result or "In ICE Custody", "TX", entry.room)


def _framed(content: str, day: int) -> Reply:
    return Reply(f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Online Detainee Locator System</title></head><body>
<a href="/odls/">About the Detainee Locator</a>
{content}
<footer>DHS.gov</footer></body></html>
<!-- replica of habeas, day {day}: every person, number and facility is invented -->
""")
