"""What the pages call messages, what became of them, and the things in the inbox."""

from django.utils.translation import gettext_lazy as _

from backend.notifications.models import InboxItem, Message, OptOut, Way

KINDS = {
    InboxItem.Kind.TEXT: _("A text that was not understood"),
    InboxItem.Kind.CALL_BACK: _("Wants to be rung back"),
    InboxItem.Kind.STOPPED_TEXTS: _("On duty, but receives no texts any more"),
    InboxItem.Kind.UNCONFIRMED: _("Hung up before confirming"),
    InboxItem.Kind.FAULT: _("A call was cut short by a fault of Rondje"),
    InboxItem.Kind.NO_NUMBER: _("Rang without showing a number, and reached nobody"),
}

WAYS = {Way.CALL: _("Call"), Way.TEXT: _("Text message")}

STATES = {
    Message.State.QUEUED: _("waits"),
    Message.State.UNDER_WAY: _("under way"),
    Message.State.DONE: _("done"),
    Message.State.FAILED: _("refused"),
    Message.State.EXPIRED: _("not sent: too late"),
    Message.State.CANCELLED: _("taken back"),
}

LOOKS = {
    Message.State.QUEUED: ("expected", "clock"),
    Message.State.UNDER_WAY: ("ringing", "phone"),
    Message.State.DONE: ("well", "check"),
    Message.State.FAILED: ("incident", "alert"),
    Message.State.EXPIRED: ("missed", "alert"),
    Message.State.CANCELLED: ("excused", "away"),
}

REASONS = {
    "expired": _("It could not go before it was of no use any more."),
    "quiet_hours": _("It would have come outside the hours in which people may be disturbed."),
    "opted_out": _("This number wants no text messages."),
    "cancelled": _("What it was for had passed."),
    "busy": _("The line was engaged."),
    "no_answer": _("Nobody answered."),
}

CODES = {
    "forbidden": _("This number may not be reached (yet)."),
    "undecided": _("Nobody knows whether it went out, and it is not sent a second time."),
    "21610": _("This number wants no text messages."),
    "21614": _("A landline takes no text messages."),
    "30006": _("A landline takes no text messages."),
    "21211": _("This is no valid number."),
    "13224": _("This is no valid number."),
    "30005": _("This number does not exist."),
    "30003": _("The telephone could not be reached."),
    "30007": _("The network filtered it out."),
    "21215": _("The carrier account may not ring this country."),
    "13227": _("The carrier account may not ring this country."),
}

OTHERWISE_REFUSED = _("The carrier refused it (code %(code)s).")

UNDECIDED = _("Nobody knows whether this went out.")
ASKED = _("Nobody knows whether this went out. The carrier was asked at %(time)s.")

PROGRAMMES = {
    "circles": _("Telephone circles"),
    "incidents": _("Cases"),
    "notifications": _("Alarms told the other way"),
}

HOW_OPTED_OUT = {
    OptOut.How.KEYWORD: _("by answering STOP"),
    OptOut.How.CARRIER: _("says the carrier"),
    OptOut.How.STAFF: _("told to staff"),
}
