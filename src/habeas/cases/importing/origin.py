"""From whom a statement came, where it came in a bundle: who told it to whom."""

from django.utils.translation import gettext as say

from habeas.cases.importing.models import Received
from habeas.evidence.seals.keys import in_groups


def of_subject(subject: int) -> dict[int, tuple[str, str]]:
    """Return where the statements about a subject came from, by their primary keys.

    In words, twice: short, for lists, and with the key and the record of the sender.
    """
    rows = Received.objects.filter(statement__subject=subject)
    found = rows.values_list(
        "statement", "theirs", "fingerprint", "result__row__imported__speaker", "result__at"
    )
    return {
        statement: _words(
            {"sender": sender, "key": key[:16], "day": f"{at:%d.%m.%Y}", "id": theirs}
        )
        for statement, theirs, key, sender, at in found
    }


def _words(told: dict[str, str]) -> tuple[str, str]:
    told["key"] = in_groups(told["key"])
    short = say("received from %(sender)s, %(day)s") % told
    return short, say("from %(sender)s, key %(key)s, on %(day)s, their record %(id)s") % told
