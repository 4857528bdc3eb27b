"""t.me: the web page of a public channel, older posts, and the own page of a post."""

import re

from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.listing import Line, Listing, printed_names, spoilt, text
from habeas.replica.portals.example_site import ExampleSite
from habeas.replica.script import Entry

PAGE_ROWS = 20
_SOURCE, _CHANNEL, _TITLE = "xx_telegram", "nebylitsa_info", "Небылица-Инфо"
_LIST = re.compile(r"/s/([A-Za-z0-9_]+)")
_POST = re.compile(r"/([A-Za-z0-9_]+)/(\d{1,9})")


def _answer(ask: Ask, stage: Stage) -> Reply | None:
    if found := _POST.fullmatch(ask.path):
        return _post(stage, found.group(1), int(found.group(2)))
    if found := _LIST.fullmatch(ask.path):
        if found.group(1) != _CHANNEL:
            return _framed('<div class="tgme_page"><div class="tgme_page_icon"></div></div>', 0)
        return _list(ask, stage)
    return None


def _posts(stage: Stage) -> list[tuple[int, Entry]]:
    """Return the posts with their numbers, the oldest first; a number stays with its post."""
    planned = [one for one in stage.script.planned if one.entry.source == _SOURCE]
    order = sorted(planned, key=lambda one: (one.entry.day, one.entry.key))
    numbers = {one.entry.key: number for number, one in enumerate(order, 101)}
    return [
        (numbers[one.key], one)
        for one in sorted(
            stage.script.visible(_SOURCE, stage.day), key=lambda one: numbers[one.key]
        )
    ]


def _list(ask: Ask, stage: Stage) -> Reply:
    printed = ask.query.get("before", "")
    before = int(printed) if printed.isascii() and printed.isdigit() else 10**9
    posts = [(number, entry) for number, entry in _posts(stage) if number < before]
    shown = posts[-PAGE_ROWS:]
    if not shown:
        return _nothing(ask, stage)
    lines = tuple(
        Line(one, (_message(number, printed_names(one, stage.faults), stage),), number)
        for number, one in shown
    )
    first = shown[0][0]
    following = f"/s/{_CHANNEL}?before={first}" if len(posts) > PAGE_ROWS else ""
    listing = spoilt(Listing((), lines, 0, following), stage.faults)
    way_on = (
        f'<a href="{text(listing.following)}" class="tme_messages_more js-messages_more" '
        f'data-before="{first}"></a>'
        if listing.following
        else ""
    )
    wrapped = "\n".join(
        f'<div class="tgme_widget_message_wrap js-widget_message_wrap">{line.cells[0]}</div>'
        for line in listing.lines
    )
    return _framed(f"{_CARD}{_history(way_on + wrapped)}", stage.day)


def _message(number: int, entry: Entry, stage: Stage) -> str:
    words = f"{entry.title}\n{entry.text}".strip()
    moment = f"{stage.script.date_of(entry.day)}T{entry.time}:00+00:00"
    return (
        f'<div class="tgme_widget_message text_not_supported_wrap js-widget_message" '
        f'data-post="{_CHANNEL}/{number}"><div class="tgme_widget_message_bubble">\n'
        f'<div class="tgme_widget_message_text js-message_text" dir="auto">'
        f"{text(words).replace(chr(10), '<br/>')}</div>\n"
        f'<div class="tgme_widget_message_footer"><a class="tgme_widget_message_date" '
        f'href="https://t.me/{_CHANNEL}/{number}"><time datetime="{moment}" class="time">'
        f"{entry.time}</time></a></div></div></div>"
    )


def _post(stage: Stage, channel: str, wanted: int) -> Reply:
    for number, entry in _posts(stage) if channel == _CHANNEL else ():
        if number == wanted:
            return _framed(_message(number, printed_names(entry, stage.faults), stage), stage.day)
    error = '<div class="tgme_widget_message_error">Post not found</div>'
    return _framed(error, stage.day)


_CARD = (
    '<div class="tgme_channel_info"><div class="tgme_channel_info_header">'
    f'<div class="tgme_channel_info_header_title"><span dir="auto">{_TITLE}</span></div>'
    "</div></div>\n"
)


def _history(content: str) -> str:
    return f'<section class="tgme_channel_history js-message_history">\n{content}\n</section>'


def _nothing(_ask: Ask, stage: Stage) -> Reply:
    centred = '<div class="tme_no_messages_found">No posts found</div>'
    wrapped = f'<div class="tgme_widget_message_wrap"><div>{centred}</div></div>'
    return _framed(f"{_CARD}{_history(wrapped)}", stage.day)


def _framed(content: str, day: int) -> Reply:
    return Reply(f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{_TITLE} – Telegram</title></head>
<body class="widget_frame_base tgme_webpreview">
<main>
{content}
</main></body></html>
<!-- replica of habeas, day {day}: the channel and everybody in it is invented -->
""")


telegram = ExampleSite(_SOURCE, ("t.me",), _answer, _nothing)
