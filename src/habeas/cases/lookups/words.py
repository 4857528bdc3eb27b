"""The words of look-ups. Three kinds of answer are never mixed: yes, no, and no answer."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from habeas.watch.pages.words import Sign

OUTCOMES: Mapping[str, Sign] = {
    "here": Sign(later("is here"), "●", "strong"),
    "was_here": Sign(later("was here, is gone"), "◐", "half"),
    "not_here": Sign(later("says: no such person"), "○", "quiet"),
    "refused": Sign(later("refused to say"), "✕", "bad"),
    "no_answer": Sign(later("could not be reached"), "✕", "gap"),
    "later": Sign(later("told us to ask again"), "…", "half"),
}
ANSWERED_NO = "not_here"

ASK_AGAIN: Mapping[str, timedelta] = {
    "not_here": timedelta(hours=3),
    "refused": timedelta(hours=1),
    "no_answer": timedelta(minutes=30),
    "later": timedelta(hours=1),
    "was_here": timedelta(hours=12),
    "here": timedelta(hours=12),
}
"""When to ask again if nobody says otherwise. Stations deny first and confirm later."""

CHANNELS: Mapping[str, Promise] = {
    "phone": later("by telephone"),
    "visit": later("in person"),
    "letter": later("in writing"),
    "site": later("on a web page"),
}

DESKS: Mapping[str, Promise] = {
    "police": later("police station"),
    "district": later("district police department"),
    "duty": later("duty unit of the main directorate"),
    "hotline": later("monitors' hotline"),
    "accident": later("accident bureau"),
    "hospital": later("hospital"),
    "airport": later("airport"),
    "foreigners": later("centre for foreigners (ЦВСИГ)"),
    "arrest": later("administrative arrest centre (спецприёмник)"),
    "remand": later("remand prison (СИЗО)"),
    "court": later("court"),
    "embassy": later("embassy"),
    "security": later("security service"),
    "morgue": later("morgue"),
    "other": later("other"),
}
"""Kinds of desks in the order of a call round."""
