"""What an obstacle means, what to do about it, what a verdict means: in the reader's language."""

from habeas.language import _
from habeas.names import Verdict
from habeas.sources.contract import Obstacle


def meaning(obstacle: Obstacle) -> str:
    """Return one sentence: what stood in the way."""
    return {
        Obstacle.CAPTCHA: _("The site asks for the digits of a picture (captcha)."),
        Obstacle.BLOCKED: _("The site refused to answer us."),
        Obstacle.EXPIRED: _("The visit to the site had expired."),
        Obstacle.BAD_QUERY: _("The site did not understand the question that was asked."),
        Obstacle.DOWN: _("The site was out of order."),
        Obstacle.TLS: _("The site's certificate could not be verified."),
        Obstacle.LAYOUT_CHANGED: _("The page is not built as we know it; nothing was guessed."),
        Obstacle.ENCODING: _("The letters of the page could not be read."),
        Obstacle.INCOMPLETE: _("Only a part of it was there."),
        Obstacle.UNCONFIRMED_EMPTY: _(
            "The site says that there is nothing, in the same words that it uses when it "
            "misunderstands the question."
        ),
        Obstacle.WITHHELD: _("The site hides the names."),
        Obstacle.GONE: _("The site says that the entry was removed or moved."),
        Obstacle.UNREADABLE: _("The file could not be read."),
        Obstacle.TOO_LARGE: _("The file or answer is larger than any page that we know."),
        Obstacle.NOT_RECOGNISED: _("No known source, and no table or text with names."),
    }[obstacle]


def advice(obstacle: Obstacle) -> str:
    """Return one sentence: what a person can do now."""
    return {
        Obstacle.CAPTCHA: _(
            "Open the page in a browser, answer the picture, save the page and search the saved "
            "file; or save the court's list of the day, which needs no picture."
        ),
        Obstacle.BLOCKED: _("Save the page from another network, or ask somebody in that country."),
        Obstacle.EXPIRED: _("Open the search again from its start and save the answer."),
        Obstacle.BAD_QUERY: _("Ask again from the site's own form and save the answer."),
        Obstacle.DOWN: _("Try again in some hours; this is not an answer about the person."),
        Obstacle.TLS: _(
            "Do not switch verification off. Give the publisher's root certificate with --ca."
        ),
        Obstacle.LAYOUT_CHANGED: _(
            "Look at the page yourself, and report it so that it is learnt."
        ),
        Obstacle.ENCODING: _("Save the page again from a browser."),
        Obstacle.INCOMPLETE: _("Save the missing pages and search all of them together."),
        Obstacle.UNCONFIRMED_EMPTY: _(
            "Ask for something that must exist, in the same way, before you believe it."
        ),
        Obstacle.WITHHELD: _("Ask the court by telephone or through a lawyer."),
        Obstacle.GONE: _("Keep this page. Search the case by its unique number."),
        Obstacle.UNREADABLE: _("Open it yourself; if it is a scan, read it with your own eyes."),
        Obstacle.TOO_LARGE: _("Split the file, or save single pages."),
        Obstacle.NOT_RECOGNISED: _("Look at it yourself; check that it is the page you meant."),
    }[obstacle]


def verdict_words(verdict: Verdict) -> str:
    """Return what a verdict means, in the reader's language."""
    return {
        Verdict.SAME: _("the same name in every part that both sides show"),
        Verdict.LIKELY: _("likely the same person"),
        Verdict.POSSIBLE: _("possibly the same person; worth a telephone call"),
        Verdict.CANNOT_TELL: _("cannot tell: the names carry too little"),
        Verdict.DIFFERENT: _("a different person"),
    }[verdict]
