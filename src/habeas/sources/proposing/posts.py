"""Proposals for feeds, sitemaps, channels, and pages that link to PDF files."""

import re
from urllib.parse import urljoin, urlsplit

from habeas.language import _
from habeas.sources.contract import Capture
from habeas.sources.kinds.feed.adapter import ROOTS as FEEDS
from habeas.sources.kinds.sitemap.adapter import ROOTS as SITEMAPS
from habeas.sources.kinds.xml import root_of
from habeas.sources.proposing.draft import OPEN, Draft, listed, quoted

_CHANNEL = re.compile(r'data-post="([A-Za-z0-9_]{4,32})/')
_LOCATION = re.compile(r"<loc>\s*(https?://[^<\s]+)\s*</loc>")


def feed(capture: Capture) -> Draft | None:
    """Return a proposal for a feed."""
    if root_of(capture) not in FEEDS:
        return None
    draft = Draft("feed", capture, letters=capture.text[:20_000])
    draft.read["addresses"] = listed(capture.url or OPEN), ""
    draft.read["follow"] = "true", _("check: the articles are read too")
    draft.remarks.append(_("Give “article”, the CSS of an article's text, to read nothing else."))
    return draft


def sitemap(capture: Capture) -> Draft | None:
    """Return a proposal for a sitemap, of the part of the site that it lists most."""
    if root_of(capture) not in SITEMAPS:
        return None
    draft = Draft("sitemap", capture)
    draft.read["addresses"] = listed(capture.url or OPEN), ""
    paths = [urlsplit(found).path for found in _LOCATION.findall(capture.text[:2_000_000])]
    parts = [f"/{path.split('/')[1]}/" for path in paths if path.count("/") > 1]
    if parts and root_of(capture) == "urlset":
        most = max(sorted(set(parts)), key=parts.count)
        note = _("check: the part of the site that is listed most")
        draft.read["pages"] = quoted(most), note
    draft.read["newest"] = "30", _("check: so many pages are read, the last changed first")
    return draft


def telegram(capture: Capture) -> Draft | None:
    """Return a proposal for the channels of a page of t.me."""
    channels = list(dict.fromkeys(_CHANNEL.findall(capture.text)))
    if "tgme_widget_message" not in capture.text or not channels:
        return None
    at_home = Capture(capture.body, f"https://t.me/s/{channels[0]}", capture.status)
    draft = Draft("telegram", at_home, letters=capture.text[:20_000])
    draft.read["channels"] = listed(channels[0]), ""
    if len(channels) > 1:
        draft.remarks.append(
            _("Posts of further channels stand on the page: {channels}.").format(
                channels=", ".join(channels[1:6])
            )
        )
    return draft


def pdf_list(capture: Capture) -> Draft | None:
    """Return a proposal for a page that links to PDF files."""
    links = [
        node.attributes.get("href") or ""
        for node in capture.tree.css("a[href$='.pdf'], a[href$='.PDF']")
    ]
    if not links:
        return None
    draft = Draft("pdf_list", capture, letters=capture.tree.text()[:20_000])
    draft.read["addresses"] = listed(capture.url or OPEN), ""
    draft.read["links"] = quoted("a[href$='.pdf'], a[href$='.PDF']"), _("check")
    draft.read["newest"] = "10", _("check: so many files are read, the first of the page")
    hosts = {urlsplit(urljoin(capture.url, link)).hostname for link in links} - {None, draft.host}
    if capture.url and hosts:
        words = _("Files lie at other hosts; add them to “hosts”: {hosts}.")
        draft.remarks.append(words.format(hosts=", ".join(sorted(map(str, hosts)))))
    return draft


def feeds_offered(capture: Capture) -> list[str]:
    """Return the addresses of feeds that a page offers."""
    nodes = capture.tree.css("link[rel=alternate][href]")
    return [
        urljoin(capture.url, node.attributes.get("href") or "")
        for node in nodes
        if (node.attributes.get("type") or "").lower()
        in {"application/rss+xml", "application/atom+xml"}
    ]
