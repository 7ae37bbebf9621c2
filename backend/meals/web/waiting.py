"""The waiting list in words that can be read to who asks: whose turn it is, what was offered, why one was skipped."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.meals.domain.chairs import Refusal
from backend.meals.models import ChairOffer, Evening, Reservation, SkippedParty
from backend.meals.selectors.counting import chairs_of
from backend.meals.selectors.waiting import list_of, waiting_on
from backend.meals.services.wishes import No
from backend.notifications.selectors.telling import ways_to

REASONS = {
    "no_table": gettext_lazy("It is larger than any table."),
    "away": gettext_lazy("It was noted as away on that day."),
    "declined": gettext_lazy("It was offered these chairs before, and did not want them."),
    "expired": gettext_lazy("It was offered these chairs before, and did not answer in time."),
}

OTHER = gettext_lazy("Something else stood in the way.")

OFFERS = {
    ChairOffer.State.OPEN: gettext_lazy("is being asked, until %(until)s"),
    ChairOffer.State.ACCEPTED: gettext_lazy("took the chairs"),
    ChairOffer.State.DECLINED: gettext_lazy("did not want the chairs"),
    ChairOffer.State.EXPIRED: gettext_lazy("did not answer in time"),
    ChairOffer.State.WITHDRAWN: gettext_lazy("the chairs were gone before there was an answer"),
}

REFUSED = {
    Refusal.FULL: gettext_lazy("There are %(free)s free chairs, too few for this party."),
    Refusal.OFFERED: gettext_lazy("The chairs are being offered to somebody else who waits. %(free)s others are free."),
    Refusal.TOO_LATE: gettext_lazy("The kitchen has had its final count. Let them walk in when a chair is free."),
    Refusal.CLOSED: gettext_lazy("This evening is cancelled, or over."),
}


def rule() -> str:
    """The rule, to be read aloud."""
    return _(
        "Free chairs go to who has waited longest. A party for whom there are too few is skipped, and keeps its turn; "
        "smaller ones are asked meanwhile. After the cutoff nothing is offered."
    )


def facts(evening: Evening, now: datetime) -> dict[str, Any]:
    """The page: who waits, in turn, and everything that was offered."""
    offers = list(evening.offers.select_related("reservation__person").order_by("-offered_at", "-pk"))
    skipped = SkippedParty.objects.filter(offer__evening=evening).select_related("offer").order_by("-pk")
    why: dict[int, list[SkippedParty]] = {}
    for row in skipped:
        why.setdefault(row.reservation_id, []).append(row)
    waiting = waiting_on(evening)
    hindered = {one.reservation: one.hindrance for one in list_of(evening, now).parties}
    ways = ways_to([row.person for row in waiting])
    parties = [
        _party(row, offers, why.get(row.pk, []))
        | {"hindrance": _hindrance(hindered.get(row.pk)), "is_rung": ways[row.person_id] is None}
        for row in waiting
    ]
    return {
        "rule": rule(),
        "free": max(chairs_of(evening, now).free, 0),
        "may_seat": evening.state == Evening.State.PLANNED and now < evening.cutoff_at,
        "waiting": parties,
        "offers": [{"offer": one, "said": offer_in_words(one)} for one in offers],
    }


def why_skipped(row: SkippedParty) -> str:
    """Why a party was not offered chairs that another got."""
    if row.reason == "too_few_chairs":
        said = _("There were %(free)s chairs, too few for this party.")
        return said % {"free": row.details.get("free", 0)}
    return str(REASONS.get(row.reason, OTHER))


def _hindrance(code: str | None) -> str:
    """What stands in the way of a party now; empty for nothing."""
    return "" if code is None else str(REASONS.get(code, OTHER))


def offer_in_words(offer: ChairOffer) -> str:
    """What became of an offer, said of somebody."""
    until = formats.date_format(timezone.localtime(offer.deadline_at), "l G:i")
    return str(OFFERS[ChairOffer.State(offer.state)]) % {"until": until}


def why_not(refused: No) -> str:
    """Why a party cannot be given chairs by hand."""
    return str(REFUSED.get(refused.why, OTHER)) % {"free": refused.free}


def _party(row: Reservation, offers: Sequence[ChairOffer], skipped: Sequence[SkippedParty]) -> dict[str, Any]:
    own = next((one for one in offers if one.reservation_id == row.pk), None)
    return {
        "reservation": row,
        "offer": "" if own is None else offer_in_words(own),
        "is_asked": own is not None and own.state == ChairOffer.State.OPEN,
        "skipped": [{"at": one.offer.offered_at, "why": why_skipped(one)} for one in skipped],
    }
