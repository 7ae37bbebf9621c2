"""The carrier's accounts as the settings name them."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Account:
    """Credentials of one account. `previous_token` is accepted while the token is rotated.

    `sender` is a number of this account (E.164): empty where the organisations' own numbers belong to it.
    """

    name: str
    sid: str
    token: str
    previous_token: str
    base_url: str
    sender: str = ""


def configured() -> dict[str, Account]:
    """The accounts by name, in the order in which they are used."""
    found = {
        "first": Account(
            name="first",
            sid=settings.TWILIO_ACCOUNT_SID,
            token=settings.TWILIO_AUTH_TOKEN,
            previous_token=settings.TWILIO_AUTH_TOKEN_PREVIOUS,
            base_url=settings.RONDJE_CARRIER_URL,
        )
    }
    if settings.TWILIO_ACCOUNT_SID_2:
        found["second"] = Account(
            name="second",
            sid=settings.TWILIO_ACCOUNT_SID_2,
            token=settings.TWILIO_AUTH_TOKEN_2,
            previous_token=settings.TWILIO_AUTH_TOKEN_PREVIOUS_2,
            base_url=settings.RONDJE_CARRIER_URL_2,
            sender=settings.TWILIO_SENDER_2,
        )
    return found


def named_by(sid: str) -> str:
    """The name of the account with this SID; that of the first for one that is not configured."""
    return next((account.name for account in configured().values() if account.sid == sid), "first")
