"""What a text counts for: 3GPP TS 23.038 (formerly GSM 03.38), and the parts into which longer texts are cut."""

from dataclasses import dataclass

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The default alphabet of seven bits. Of ë, ï and the euro only the last is to be had, and by two places."""

GSM_DOUBLE = frozenset("\f^{}\\[~]|€")
"""The extension table: each of these takes two places."""

GSM_ONE, GSM_PART = 160, 153
"""Places in one text, and in each part of a longer one, which begins with a header."""

UCS2_ONE, UCS2_PART = 70, 67


@dataclass(frozen=True)
class Size:
    """How many segments a text takes, and which characters (in order, each once) keep it out of seven bits."""

    segments: int
    strange: tuple[str, ...]


def measure(text: str) -> Size:
    """The size of a text. Nothing is cut in the middle of a character that takes two places."""
    strange = tuple(dict.fromkeys(char for char in text if char not in GSM and char not in GSM_DOUBLE))
    if strange:
        widths = [len(char.encode("utf-16-be", "surrogatepass")) // 2 for char in text]
        return Size(_parts(widths, UCS2_ONE, UCS2_PART), strange)
    return Size(_parts([2 if char in GSM_DOUBLE else 1 for char in text], GSM_ONE, GSM_PART), ())


def _parts(widths: list[int], one: int, part: int) -> int:
    if sum(widths) <= one:
        return 1
    parts, used = 1, 0
    for width in widths:
        if used + width > part:
            parts, used = parts + 1, 0
        used += width
    return parts
