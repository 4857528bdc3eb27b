"""Every model that tells of a person asks who looks: a new one without a rule fails here."""

import pytest
from agreed import agreed
from case_routes import MAKERS
from case_story import NOW, invented
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model, Q
from django.test import override_settings
from site_story import Story, told
from team_story import member

from habeas.cases.access import roles
from habeas.cases.consent.models import Consent
from habeas.cases.statements.models import Document, Statement, Subject
from habeas.watch import ruled, scope
from habeas.watch.models import Match, Person

_OF_SOMEBODY = (Subject, Person, Document, Statement, Match)
SEEN_BY_ALL = {
    "access.Grant": "asked by the rule itself; the pages of it are for owners",
    "lookups.Desk": "an office of the call list, for everybody who rings",
    "lookups.Asking": "who is ringing an office now, so that nobody else does",
}
"""Models that point at one of those and are shown whole, each with its reason."""


def _pointing() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("habeas.")
        and any(
            isinstance(one, ForeignKey) and one.related_model in _OF_SOMEBODY
            for one in model._meta.get_fields()
        )
    ]


def test_every_model_that_points_at_somebody_has_a_rule() -> None:
    without = {one._meta.label for one in _pointing() if not hasattr(one, "seen_by")}
    assert without == set(SEEN_BY_ALL)


@pytest.mark.usefixtures("database")
def test_every_rule_can_be_asked_of_a_row_that_is_being_added() -> None:
    """A rule that joins a table cannot: PostgreSQL would refuse the row to its own author."""
    ruled_by = [one for one in apps.get_models() if hasattr(one, "seen_by")]
    assert len(ruled_by) > 30
    for model in ruled_by:
        assert ruled.rule_of(model, connection).pieces


@pytest.mark.usefixtures("database")
def test_a_rule_that_joins_a_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ruled, "_KNOWN", {})
    rule = staticmethod(lambda scope: Q(subject__person__in=scope.people))
    monkeypatch.setattr(Consent, "seen_by", rule)
    with pytest.raises(TypeError, match="Consent joins"):
        ruled.rule_of(Consent, connection)


@pytest.mark.usefixtures("database")
def test_a_member_of_another_case_finds_no_row_of_this_one() -> None:
    with override_settings(HABEAS_NOW=lambda: NOW):
        story: Story = told()
        for make in MAKERS.values():
            make(story)
        case = Subject.objects.get(person=story.person)
        agreed(case, "un")
        assert Consent.objects.exists()
        other = invented("ZZ9", "Другой Человек")
        member("stranger", "editor", other)
        with scope.within(roles.scope_of(roles.standing("stranger", NOW), NOW)):
            for model in _pointing():
                if not hasattr(model, "seen_by"):
                    continue
                for row in model._default_manager.all():
                    told_of = {getattr(row, "subject", None), getattr(row, "person", None)}
                    assert case not in told_of, model
                    assert story.person not in told_of, model
