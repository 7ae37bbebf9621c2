"""From where somebody visits: behind proxies of ours what they saw, and never what a visitor wrote themselves."""

import pytest
from django.test import RequestFactory

from backend.common.visitors import address_of

PROXY = "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "", PROXY),
        (0, "192.0.2.7", PROXY),
        (1, "192.0.2.7", "192.0.2.7"),
        (1, "198.51.100.9, 192.0.2.7", "192.0.2.7"),
        (2, "198.51.100.9, 192.0.2.7,10.0.0.2", "192.0.2.7"),
        (1, " 2001:DB8::7 ", "2001:db8::7"),
        (2, "192.0.2.7", PROXY),
        (1, "", PROXY),
        (1, "unknown", PROXY),
        (1, "192.0.2.7,", PROXY),
    ],
)
def test_the_address_of_who_asks(settings, proxies: int, forwarded: str, found: str) -> None:
    settings.RONDJE_TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=forwarded)
    assert address_of(request) == found
