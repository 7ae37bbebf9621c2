"""Whether a request really comes from the carrier."""

from django.conf import settings
from django.http import HttpRequest
from twilio.request_validator import RequestValidator


def is_signed(request: HttpRequest) -> bool:
    """True when the carrier's signature fits the address as configured and the form as it came.

    Two tokens are accepted while one is being rotated.
    """
    signature = request.headers.get("X-Twilio-Signature", "")
    url = settings.RONDJE_PUBLIC_URL + request.get_full_path()
    tokens = [token for token in (settings.TWILIO_AUTH_TOKEN, settings.TWILIO_AUTH_TOKEN_PREVIOUS) if token]
    return any(RequestValidator(token).validate(url, request.POST, signature) for token in tokens)
