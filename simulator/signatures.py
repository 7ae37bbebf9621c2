"""The carrier's webhook signature: base64(HMAC-SHA1(auth token, URL + sorted form keys and values))."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping


def sign(auth_token: str, url: str, form: Mapping[str, str]) -> str:
    """The X-Twilio-Signature for a request to `url`; `form` is empty for GET, whose values are in the URL."""
    signed = url + "".join(key + form[key] for key in sorted(form))
    digest = hmac.new(auth_token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()
