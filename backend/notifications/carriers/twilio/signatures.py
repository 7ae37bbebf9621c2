"""Whether a request really comes from the carrier."""

from django.conf import settings
from django.http import HttpRequest
from twilio.request_validator import RequestValidator

from backend.notifications.carriers.twilio.accounts import configured


def is_signed(request: HttpRequest, *, account: str) -> bool:
    """True when the carrier's signature fits the address as configured and the form as it came.

    It must be made with a token of the account of that name: who knows another account's cannot speak for this one.
    Two tokens are accepted while one is rotated.
    """
    signature = request.headers.get("X-Twilio-Signature", "")
    url = settings.RONDJE_PUBLIC_URL + request.get_full_path()
    known = configured().get(account)
    tokens = [token for token in (known.token, known.previous_token) if token] if known else []
    return any(RequestValidator(token).validate(url, request.POST, signature) for token in tokens)
