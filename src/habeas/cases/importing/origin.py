"""From whom a statement came, where it came in a bundle: who told it to whom."""

from django.utils.translation import gettext as say

from habeas.cases.importing.models import Received


def of_subject(subject: int) -> dict[int, str]:
    """Return where the statements about a subject came from, by their primary keys, in words."""
    rows = Received.objects.filter(statement__subject=subject)
    found = rows.values_list(
        "statement", "theirs", "fingerprint", "result__row__imported__speaker", "result__at"
    )
    return {
        statement: say("received from %(sender)s, key %(key)s, on %(day)s, their record %(id)s")
        % {"sender": sender, "key": key[:8].upper(), "day": f"{at:%d.%m.%Y}", "id": theirs}
        for statement, theirs, key, sender, at in found
    }
