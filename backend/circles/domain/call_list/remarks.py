"""What a remark in free text means for ringing somebody. The remark itself is always kept whole."""

from __future__ import annotations

import re

from backend.circles.domain.call_list.findings import Code, Notebook

_IS_RUNG_ONLY = re.compile(
    r"\bkan (?:zelf )?niet (?:meer )?(?:zelf )?(?:meer )?bellen"
    r"|\bbelt (?:zelf )?niet(?: meer)?(?: zelf)?\b(?! op\b)"
    r"|\bwordt (?:alleen |altijd |zelf )?gebeld\b(?! door)|\balleen (?:gebeld worden|ontvangen)\b"
    r"|\b(?:cannot|can't|can not) (?:call|ring|phone)\b|\bis (?:only )?(?:called|rung)\b(?! by)",
    re.IGNORECASE,
)
_RING_LONGER = re.compile(
    r"slechthorend|hardhorend|\bdoof\b|\bdove\b|gehoorapparaat|hoort (?:slecht|niet goed)"
    r"|lang(?:er)? (?:laten )?(?:overgaan|bellen|rinkelen)|duurt (?:even|lang)"
    r"|hard of hearing|\bdeaf\b|hearing aid|let it ring|ring (?:a )?long",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?|\b(?:navragen|uitzoeken|nakijken|controleren|nazoeken|checken|nog vragen|ask for|to check)\b",
    re.IGNORECASE,
)
_MAY_END_PLACE = re.compile(
    r"\b(?:overleden|verhuis\w*|opgenomen|ziekenhuis|verpleeg(?:huis|tehuis)|revalid\w*|gestopt|stopt|opgezegd"
    r"|afgemeld|niet meer mee\w*|doet niet mee|vakantie|afwezig|wachtlijst|tijdelijk|deceased|died|moved"
    r"|hospital|on holiday|stopped|waiting list)\b",
    re.IGNORECASE,
)


def is_rung_only(remark: str) -> bool:
    """Whether the member is rung but rings nobody ("kan zelf niet meer bellen, wordt gebeld")."""
    return _IS_RUNG_ONLY.search(remark) is not None


def wants_long_ringing(remark: str) -> bool:
    """Whether it takes this member longer to answer ("slechthorend, lang laten overgaan!")."""
    return _RING_LONGER.search(remark) is not None


def report_remark(remark: str, notebook: Notebook) -> None:
    """Notes what was assumed from a remark, and what in it only a person can decide."""
    if is_rung_only(remark):
        notebook.assume(Code.IS_RUNG_ONLY)
    if wants_long_ringing(remark):
        notebook.assume(Code.RING_LONGER)
    if _ASKS.search(remark):
        notebook.ask(Code.REMARK_ASKS, text=remark)
    if _MAY_END_PLACE.search(remark):
        notebook.ask(Code.REMARK_MAY_END_PLACE, text=remark)
