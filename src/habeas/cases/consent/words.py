"""The closed lists of consent: for what, and how it was given."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

USES: Mapping[str, Promise] = {
    "internal": later("keep and use it ourselves"),
    "lawyer": later("give it to the lawyer"),
    "monitor": later("share it with other organisations"),
    "un": later("send it to the UN, confidentially"),
    "name": later("publish the name"),
    "photo": later("publish the photo"),
    "story": later("publish the story"),
}

MANNERS: Mapping[str, Promise] = {
    "written": later("in writing"),
    "spoken": later("by word of mouth, to one of us"),
    "phone": later("on the telephone"),
    "message": later("in a message"),
    "through": later("through somebody they trust"),
}
