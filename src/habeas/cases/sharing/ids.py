"""Ids in exports: they say nothing of our own numbers, and are others for every circle."""

from django.utils.crypto import salted_hmac


def public_id(circle: str, kind: str, key: int) -> str:
    """Return an id of 16 hexadecimal digits that only this installation can lead back to a row.

    The same row has another id for every circle, so that two files cannot be laid side by side.
    """
    return salted_hmac(f"habeas.sharing.{circle}.{kind}", str(key), algorithm="sha256").hexdigest()[
        :16
    ]
