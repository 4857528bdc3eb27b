"""The badge of a kept standing."""

from django import template

from habeas.cases.board.models import Standing
from habeas.cases.custody.timeline import Badge

register = template.Library()


@register.filter
def badge(one: Standing) -> Badge:
    """Return the badge that the timeline would give, from what the board keeps."""
    return Badge(
        one.state,
        one.removal,
        one.place,
        one.law,
        one.since,
        one.confirmed_at,
        one.stale_at,
        one.disputed,
        one.signed,
    )
