"""The running site, as the browser tests see it."""

from dataclasses import dataclass

from django.utils import timezone
from site_story import Story

from habeas.site import serving


@dataclass(frozen=True)
class Site:
    """A running site with the invented story."""

    port: int
    story: Story

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def link(self) -> str:
        """Return a fresh one-time link."""
        return serving.one_time_link(self.port, "owner", timezone.now())
