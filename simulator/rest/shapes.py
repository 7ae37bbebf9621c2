"""JSON bodies as the carrier's API shows accounts, calls and texts."""

from __future__ import annotations

from simulator.accounts import Account
from simulator.calls.legs import Leg
from simulator.calls.progress import API_VERSION
from simulator.messages import Message
from simulator.moments import rfc2822, rfc2822_or_none

WHY_NOT_DELIVERED = {30003: "Unreachable destination handset"}


def account_uri(account_sid: str) -> str:
    """The root of an account's resources."""
    return f"/{API_VERSION}/Accounts/{account_sid}"


def account_json(account: Account, opened_at: float) -> dict[str, object]:
    """An account. `opened_at` is scenario time, unix seconds."""
    uri = account_uri(account.sid)
    return {
        "sid": account.sid,
        "owner_account_sid": account.sid,
        "friendly_name": account.name,
        "auth_token": None,
        "status": "active",
        "type": "Full",
        "date_created": rfc2822(opened_at),
        "date_updated": rfc2822(opened_at),
        "uri": f"{uri}.json",
        "subresource_uris": {child.lower(): f"{uri}/{child}.json" for child in ("Calls", "Messages")},
    }


def call_json(leg: Leg) -> dict[str, object]:
    """A call. It shows neither callback address nor attempt, as with the real carrier."""
    uri = f"{account_uri(leg.account_sid)}/Calls/{leg.sid}"
    children = ("notifications", "recordings", "payments", "events", "siprec", "streams", "transcriptions")
    return {
        "sid": leg.sid,
        "date_created": rfc2822(leg.created_at),
        "date_updated": rfc2822(leg.updated_at),
        "parent_call_sid": leg.parent_sid,
        "account_sid": leg.account_sid,
        "to": leg.to,
        "to_formatted": leg.to,
        "from": leg.shown_sender,
        "from_formatted": leg.shown_sender,
        "phone_number_sid": None,
        "status": leg.status,
        "start_time": rfc2822_or_none(leg.started_at),
        "end_time": rfc2822_or_none(leg.ended_at),
        "duration": None if leg.duration is None else str(leg.duration),
        "price": None,
        "price_unit": "USD",
        "direction": leg.direction,
        "answered_by": None,
        "api_version": API_VERSION,
        "forwarded_from": None,
        "group_sid": None,
        "caller_name": None,
        "queue_time": "0" if leg.started_at is None else str(round((leg.started_at - leg.created_at) * 1000)),
        "trunk_sid": None,
        "uri": f"{uri}.json",
        "subresource_uris": {child: f"{uri}/{child.capitalize()}.json" for child in children},
    }


def message_json(message: Message) -> dict[str, object]:
    """A text."""
    uri = f"{account_uri(message.account_sid)}/Messages/{message.sid}"
    return {
        "body": message.body,
        "num_segments": str(message.segments),
        "direction": message.direction,
        "from": message.sender,
        "to": message.to,
        "date_updated": rfc2822(message.updated_at),
        "price": None,
        "error_message": None if message.error_code is None else WHY_NOT_DELIVERED[message.error_code],
        "uri": f"{uri}.json",
        "account_sid": message.account_sid,
        "num_media": "0",
        "status": message.status,
        "messaging_service_sid": None,
        "sid": message.sid,
        "date_sent": rfc2822_or_none(message.sent_at),
        "date_created": rfc2822(message.created_at),
        "error_code": message.error_code,
        "price_unit": "USD",
        "api_version": API_VERSION,
        "subresource_uris": {"media": f"{uri}/Media.json"},
    }
