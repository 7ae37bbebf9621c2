"""Signatures as the official validator checks them, and hosts that are never called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from simulator.settings import is_local_url
from simulator.signatures import sign

TOKEN = "simulator-token"


@given(st.dictionaries(st.text(min_size=1), st.text()))
def test_the_official_validator_accepts_what_is_signed(form: dict[str, str]) -> None:
    url = "http://127.0.0.1:8000/hook?attempt=1"
    assert RequestValidator(TOKEN).validate(url, form, sign(TOKEN, url, form))


def test_another_token_or_value_is_not_accepted() -> None:
    url = "http://127.0.0.1:8000/hook"
    signature = sign(TOKEN, url, {"Digits": "1"})
    assert not RequestValidator("simulator-other").validate(url, {"Digits": "1"}, signature)
    assert not RequestValidator(TOKEN).validate(url, {"Digits": "2"}, signature)


@pytest.mark.parametrize(
    ("url", "alone", "in_container"),
    [
        ("http://127.0.0.1:8000/", True, True),
        ("http://[::1]:8000/", True, True),
        ("http://localhost/", True, True),
        ("http://web:8000/", False, True),
        ("http://example.com/", False, False),
        ("http://198.51.100.7/", False, False),
        ("http://127.0.0.1.example.com/", False, False),
        ("http://127.0.0.1@example.com/", False, False),
        ("ftp://127.0.0.1/", False, False),
        ("http://[oops/", False, False),
        ("nonsense", False, False),
    ],
)
def test_only_local_hosts_are_called(url: str, alone: bool, in_container: bool) -> None:
    assert is_local_url(url, in_container=False) is alone
    assert is_local_url(url, in_container=True) is in_container
