"""Addresses of the site. A page's address carries its language; codes, never names."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from habeas.cases import features
from habeas.site import arrivals, entry, protection, team
from habeas.site.accounts import own

urlpatterns: list[URLPattern | URLResolver] = [
    path("open/<str:token>/", entry.open_link, name="open"),
    *(pattern for module in features.parts("plain_urls") for pattern in module.urlpatterns),
    *i18n_patterns(
        path("sign-in/", entry.sign_in, name="sign-in"),
        path("sign-in/own/", own.own_sign_in, name="own-sign-in"),
        path("sign-in/own/passphrase/", own.change_passphrase, name="change-passphrase"),
        path("sign-in/own/second-factor/", own.change_factor, name="change-factor"),
        path("sign-in/own/recovery-codes/", own.renew_codes, name="renew-codes"),
        path("sign-out/", entry.sign_out, name="sign-out"),
        path("leave/", entry.leave, name="leave"),
        path("passphrase/", protection.protection, name="protection"),
        path("passphrase/backup/", protection.back_up, name="backup"),
        path("passphrase/lock/", protection.lock, name="lock"),
        path("sign-ins/", arrivals.sign_ins, name="sign-ins"),
        path("team/", team.team, name="team"),
        path("team/change/", team.change_member, name="change-member"),
        path("team/second-factor/", team.require_factor, name="require-factor"),
        path("", include("habeas.watch.pages.urls")),
        *(path("", include(module)) for module in features.parts("urls")),
    ),
]
