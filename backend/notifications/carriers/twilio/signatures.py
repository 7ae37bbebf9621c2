"""Whether a request really comes from the carrier."""

from django.conf import settings
from django.http import HttpRequest
from twilio.request_validator import RequestValidator

from backend.notifications.carriers.twilio.accounts import configured


def is_signed(request: HttpRequest) -> bool:
    """True when the carrier's signature fits the address as configured and the form as it came.

    It is signed with the token of the account that it belongs to. Two tokens of each are accepted while one is rotated.
    """
    signature = request.headers.get("X-Twilio-Signature", "")
    url = settings.RONDJE_PUBLIC_URL + request.get_full_path()
    known = configured().values()
    tokens = [token for account in known for token in (account.token, account.previous_token) if token]
    return any(RequestValidator(token).validate(url, request.POST, signature) for token in tokens)
