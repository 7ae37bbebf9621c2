"""The codes of crews in words, for pages."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.people.models import Paper

PAPERS = {
    Paper.Kind.LICENCE: gettext_lazy("Driving licence"),
    Paper.Kind.MEDICAL: gettext_lazy("Medical check"),
    Paper.Kind.VOG: gettext_lazy("VOG"),
    Paper.Kind.TEST_DRIVE: gettext_lazy("Test drive"),
    Paper.Kind.HYGIENE: gettext_lazy("Hygiene course"),
}

OFFERS = {
    "open": gettext_lazy("asked, no answer yet"),
    "accepted": gettext_lazy("said yes"),
    "declined": gettext_lazy("said no"),
    "expired": gettext_lazy("did not answer in time"),
    "withdrawn": gettext_lazy("was asked, then it was not needed"),
}
"""How a question to a volunteer stands, by its state."""


def why_not(reason: str) -> str:
    """Why somebody is not asked: a code of `people.domain.crews.Unfit` or `common.offers.Reason`."""
    code, _colon, kind = reason.partition(":")
    if code == "missing":
        return _("%(paper)s: not seen yet") % {"paper": PAPERS[Paper.Kind(kind)]}
    if code == "paper_expired":
        return _("%(paper)s: over by then") % {"paper": PAPERS[Paper.Kind(kind)]}
    words = {
        "not_in_use": _("does not do this any more"),
        "cannot": _("said: cannot that day"),
        "away": _("is away that day"),
        "engaged": _("is on another trip or at a dinner then"),
        "other_task": _("has the other task on this trip"),
        "no_number": _("has no telephone number"),
        "declined": _("said no"),
        "expired": _("did not answer in time"),
        "accepted": _("had it, and gave it up"),
        "is_asked": _("asked, no answer yet"),
        "cutoff": _("there was no time left to ask"),
    }
    return words.get(code, code)
