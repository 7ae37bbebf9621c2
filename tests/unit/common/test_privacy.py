"""Nothing that identifies a person gets into a log."""

from __future__ import annotations

import io
import logging

import pytest

from backend.common.privacy import NumbersAreHidden, hide


@pytest.mark.parametrize(
    "number",
    [
        "+31600001234",
        "+31 6 0000 1234",
        "0031600001234",
        "06 0000 1234",
        "06-00001234",
        "013-000 1234",
        "(013) 0001234",
        "+31 (0)13 0001234",
        "+46 70 174 06 05",
    ],
)
def test_a_telephone_number_however_it_is_written(number: str) -> None:
    digits = number.replace("(", "").replace(")", "").split()[-1]
    hidden = hide(f"Call to {number} failed.")
    assert digits not in hidden
    assert hidden.endswith("[number] failed.")


def test_several_numbers_in_one_line() -> None:
    assert hide("from +31130000101, to +31600001234;") == "from [number], to [number];"


@pytest.mark.parametrize(
    "text",
    [
        "Round 1234567 does not come to rest.",
        "7 members are unaccounted for.",
        "attempt 8d5f3c1e-7a52-4b0e-9c11-2f1f0e7ab001 is unknown",
        "GET /incidents/12/ 200",
    ],
)
def test_what_the_operator_needs_is_kept(text: str) -> None:
    assert hide(text) == text


def test_row_values_of_the_database() -> None:
    error = 'duplicate key value violates "people_phone"\nDETAIL:  Key (e164)=(+31600001234) already exists.'
    assert hide(error) == 'duplicate key value violates "people_phone"\nDETAIL [hidden]'


def test_a_traceback_and_its_arguments() -> None:
    """The filter stands in the handler: arguments and exceptions are blanked as well."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    handler.addFilter(NumbersAreHidden())
    log = logging.getLogger("tests.privacy")
    log.propagate = False
    log.addHandler(handler)
    try:
        raise ValueError("no route to +31600001234")
    except ValueError:
        log.exception("Call to %s failed after %s tries", "+31130000101", 3)
    written = heard.getvalue()
    assert "Call to [number] failed after 3 tries" in written
    assert "ValueError: no route to [number]" in written
    assert "0000" not in written
