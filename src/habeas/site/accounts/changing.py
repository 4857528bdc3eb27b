"""Changes of the way in: set up, changed by the member, reset by an owner or at the machine."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from habeas.cases.access import log
from habeas.cases.access.models import Membership, Noted
from habeas.cases.statements.recording import Hand
from habeas.errors import MemberRefused
from habeas.language import _
from habeas.site import links
from habeas.site.accounts import codes, passphrases
from habeas.site.models import Account, Requirement, SignInNote


@dataclass(frozen=True, slots=True)
class Factor:
    """A second factor whose first code was typed: its secret, and the step of that code."""

    secret: bytes
    step: int


def set_up(user: User, passphrase: str, factor: Factor) -> list[str]:
    """Give somebody a passphrase and a second factor, both at once; return the recovery codes.

    Empty where they have both already: those are changed only by whoever knows them.
    """
    kept = passphrases.hashed(passphrase)
    with transaction.atomic():
        account = _held(user.get_username())
        if account.secret:
            return []
        _keep_factor(account, factor)
        user.password = kept
        user.save(update_fields=["password"])
        return codes.new_recovery_codes(account)


def change_passphrase(user: User, passphrase: str) -> None:
    """Replace the passphrase; every session of theirs is over."""
    kept = passphrases.hashed(passphrase)
    with transaction.atomic():
        account = _held(user.get_username())
        user.password = kept
        user.save(update_fields=["password"])
        _next_epoch(account)


def change_factor(user: User, factor: Factor) -> list[str]:
    """Replace the second factor; return new recovery codes. Every session of theirs is over."""
    with transaction.atomic():
        account = _held(user.get_username())
        _keep_factor(account, factor)
        return codes.new_recovery_codes(account)


def renew_codes(user: User) -> list[str]:
    """Replace the recovery codes, and return the new ones."""
    with transaction.atomic():
        return codes.new_recovery_codes(_held(user.get_username()))


def reset(user_name: str, hand: Hand) -> None:
    """Take passphrase and second factor away: for whoever lost one. A link lets them in again.

    Every session of theirs is over, and links that nobody used are dead. It is noted among their
    sign-ins, and in the log of the team.

    Raises:
        MemberRefused: nobody of that name is in the team, or has a passphrase.
    """
    user_name = user_name.strip()
    with transaction.atomic():
        if not _is_somebody(user_name):
            raise MemberRefused(_("nobody of that name is in the team"))
        log.hold()
        account = _held(user_name)
        account.secret = ""
        _next_epoch(account)
        account.recovery_codes.all().delete()
        user = User.objects.filter(username=user_name).first()
        if user is not None:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        links.kill(user_name, hand.at)
        SignInNote.objects.create(
            user_name=user_name, at=hand.at, what=SignInNote.RESET, by=hand.by
        )
        _tell(hand, f"{user_name}: sign-in reset")


def require(hand: Hand, *, required: bool) -> None:
    """Say whether every member has to have a passphrase and a second factor."""
    with transaction.atomic():
        log.hold()
        Requirement.objects.create(required=required, by=hand.by, at=hand.at)
        _tell(hand, f"second factor {'required' if required else 'not required'}")


def is_required() -> bool:
    """Say whether every member has to have a passphrase and a second factor."""
    newest = Requirement.objects.order_by("-pk").first()
    return newest is not None and newest.required


def have_one() -> set[str]:
    """Return the names of those who have a passphrase and a second factor."""
    return set(Account.objects.exclude(secret="").values_list("user_name", flat=True))


def _held(user_name: str) -> Account:
    """Return the account of somebody, held until the transaction ends."""
    account, _made = Account.objects.get_or_create(user_name=user_name)
    return Account.objects.select_for_update().get(pk=account.pk)


def _keep_factor(account: Account, factor: Factor) -> None:
    account.secret = codes.wrapped(factor.secret, account.user_name)
    account.last_step = factor.step
    _next_epoch(account)


def _next_epoch(account: Account) -> None:
    account.epoch += 1
    account.save()


def _is_somebody(user_name: str) -> bool:
    there = Membership.objects.filter(user=user_name).exists()
    return there or Account.objects.filter(user_name=user_name).exists()


def _tell(hand: Hand, what: str) -> None:
    """Note it in the log of the team; without a team there is none."""
    if Membership.objects.exists():
        log.add(log.Line(hand.at, hand.by, Noted.TEAM, "team", told=what))
