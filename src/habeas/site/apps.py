"""The site as a Django app: entry by one-time link, base pages, static files."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Configuration of the app."""

    name = "habeas.site"
    label = "site"
