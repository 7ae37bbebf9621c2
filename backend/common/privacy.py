"""Nothing that identifies a person gets into a log."""

import logging
import re

NUMBER = re.compile(r"(?:\+|%2B|(?<![\w-]))\d[\d ./()-]{7,}\d(?![\w-])")
"""Anything that looks like a telephone number."""

DETAIL = re.compile(r"(DETAIL|Key) ?[:(].*", re.DOTALL)
"""What Postgres adds to an error: the values of the row."""


class NumbersAreHidden(logging.Filter):
    """Blanks telephone numbers and database details in whatever is logged, tracebacks included."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = hide(record.getMessage())
        record.args = ()
        if record.exc_info and not record.exc_text:
            record.exc_text = hide(logging.Formatter().formatException(record.exc_info))
        return True


def hide(text: str) -> str:
    """The text without telephone numbers and row values."""
    return NUMBER.sub("[number]", DETAIL.sub(r"\1 [hidden]", text))
