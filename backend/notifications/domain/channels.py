"""What the carrier's refusals say about the way that was taken, and what is left to be told the other way."""

import re

OPTED_OUT = "21610"
"""The recipient has sent STOP to this sender (carrier text)."""

LINK = re.compile(r"\s*https?://\S+")


def speakable(text: str) -> str:
    """A text as it can be read out: nobody can press a link on a telephone."""
    return LINK.sub("", text).strip()
