"""The codes of circles in words, for pages. The call scripts have words of their own: those are spoken."""

from django.utils.translation import gettext_lazy as _

from backend.circles.domain.life import Lack as Lacks
from backend.circles.domain.life import Missing, Step
from backend.circles.domain.modes import Mode
from backend.circles.domain.policy import DIALLED, ONE_RING
from backend.circles.models import Round
from backend.people.domain.duty import Lack
from backend.people.models import DutySwap
from backend.people.web import rosters

HOW = {
    "key_as_caller": _("pressed the key when rung to call the next one"),
    "key_as_callee": _("pressed the key when rung by the one before"),
    "key_to_platform": _("pressed the key when Rondje rang"),
    "key_with_housemate": _("pressed the key on the same telephone as a housemate"),
    "wants_call": _("asked to be rung by the volunteer"),
    "key_help": _("pressed 9 for help"),
    "rang_in": _("rang in"),
    "ring_closed": _("the ring was closed by somebody behind them"),
    "ring_passed": _("somebody behind them in the ring was rung"),
    "checked_in": _("answered when Rondje rang along the ring"),
    "mate_missed": _("did not answer the one before"),
    "absent_away": _("is away"),
    "absent_hospital": _("is in hospital"),
    "absent_other": _("does not take part for now"),
    "engaged_bus": _("is on the bus from %(time)s"),
    "engaged_bus_crew": _("drives or hosts the bus from %(time)s"),
    "engaged_dinner": _("is at the dinner from %(time)s"),
    "engaged_dinner_crew": _("helps at the dinner from %(time)s"),
    "back": _("was away, and is back"),
    "no_answer": _("was not reached in any try"),
    "no_number": _("has no telephone number to ring"),
    "deadline": _("was not reached by the deadline"),
    "not_held": _("the morning was not held"),
    "worried": _("somebody is worried"),
    "help": _("asked for help"),
    "on_paper": _("was rung by hand, from the list on paper"),
    "found": _("somebody has said how they are"),
}


def how(code: str) -> str:
    """How we know, in words; a code may end in a local time, such as engaged_bus@8:15. Empty for an unknown code."""
    name, _at, time = code.partition("@")
    words = str(HOW.get(name, ""))
    return words % {"time": time} if time else words


MODES = {
    Mode.BRIDGED: _("Rondje rings everybody and connects them with the next one."),
    Mode.OWN_PHONE: _("The members ring one another themselves; the last one rings the circle's number."),
    Mode.STAR: _("Everybody is rung separately; the members do not ring one another."),
}

CLOSED = {
    Round.ClosedHow.RECEIVED: _("the circle is round"),
    Round.ClosedHow.NOBODY_TODAY: _("nobody to ring today"),
    Round.ClosedHow.ACCOUNTED: _("not closed by the last one, but everybody was heard of"),
    Round.ClosedHow.NOT_RECEIVED: _("the volunteer did not take the last call"),
    Round.ClosedHow.DEADLINE: _("not round by the deadline"),
    Round.ClosedHow.NOT_HELD: _("was not held"),
}

LOOKS = {
    "expected": _("not rung yet"),
    "soon": _("will be rung in a moment"),
    "ringing": _("is being rung"),
    "talking": _("talking"),
    "well": _("well"),
    "missed": _("missed"),
    "excused": _("excused"),
    "incident": _("open case"),
    "closed": _("closed case"),
}
"""Where a member is, as the legend names it."""

ICONS = {
    "expected": "dot",
    "soon": "clock",
    "ringing": "phone",
    "talking": "talk",
    "well": "check",
    "missed": "again",
    "excused": "away",
    "incident": "alert",
    "closed": "hand",
}

WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)

RANKS = {
    "primary": _("volunteer on duty"),
    "backup": _("backup"),
    "coordinator": _("coordinator"),
}
"""In the order in which they are alerted."""

LACKS = {**rosters.LACKS, Lack.DOUBLE: _("is the volunteer on duty already")}

SWAPS = {
    DutySwap.State.OPEN: _("the others have been asked"),
    DutySwap.State.LAPSED: _("the others were asked, nobody could"),
}

ROSTER_FORMS = {
    "weekday": (_("Somebody is on duty every week"), _("Change the week")),
    "date": (_("Somebody else on one day"), _("Change this day")),
    "away": (_("A volunteer is away"), _("Record the absence")),
    "swap": (_("Ask the others to take a duty over"), _("Ask them by text")),
    "link": (_("Send somebody a link to their own duties"), _("Send the link")),
    "volunteer": (_("Add a volunteer"), _("Add")),
}
"""The forms of the roster page: what each is about, and its button."""

LIFE = {
    "forming": _("is being formed"),
    "practice": _("is practising"),
    "active": _("goes round"),
    "paused": _("is paused"),
    "closed": _("is closed"),
}

NEXT_STEPS = {
    Step.PRACTISE: _("Next: a practice morning, so that everybody knows the number and the keys."),
    Step.ACTIVATE: _("Next: after the practice morning, let it go round every day."),
}

STEPS_DONE = {
    Step.PRACTISE: _("The circle practises now. Plan its practice morning."),
    Step.ACTIVATE: _("The circle goes round from its next morning on."),
    Step.PAUSE: _("The circle is paused; the members are being told."),
    Step.RESUME: _("The circle goes round again from its next morning on; the members are being told."),
    Step.CLOSE: _("The circle is closed; the members are being told."),
}

MEMBER_CHANGED = {
    "place": _("%(name)s takes part from the next morning on."),
    "leave": _("%(name)s does not take part any more."),
    "withdraw": _("The consent of %(name)s is withdrawn. They are not rung any more."),
}


def lack(missing: Missing) -> str:
    """What a circle lacks, in words, with what to do."""
    match missing.lack:
        case Lacks.DUTY_PHONE:
            return str(_("A telephone number of the organisation that answers day and night."))
        case Lacks.COORDINATOR:
            return str(_("A coordinator on the duty roster."))
        case Lacks.PRIMARY:
            days = ", ".join(str(WEEKDAYS[day]) for day in missing.weekdays)
            return _("A volunteer on duty on: %(days)s.") % {"days": days}
        case Lacks.MEMBERS:
            return _("Members: %(n)s more.") % {"n": missing.count}
        case Lacks.NUMBER:
            return _("A telephone number of: %(names)s.") % {"names": ", ".join(missing.names)}
        case Lacks.CONSENT:
            return _("The consent of: %(names)s.") % {"names": ", ".join(missing.names)}


JOININGS = {
    ONE_RING: _("Each member is rung once, and stays on the line to be connected with the next one."),
    DIALLED: _("A member is rung to be connected, and rung again to ring the next one."),
}
"""How two members come to talk when Rondje connects them."""

SETTINGS = {
    "joining": _("How members are connected"),
    "retry_after_minutes": _("Rung again, minutes after the first miss"),
    "leg_minutes": _("Minutes of talk at most"),
    "slack_minutes": _("Minutes of room before a round is an alarm"),
    "ring_seconds": _("Seconds that a telephone rings"),
    "ring_longer_seconds": _("Seconds for who needs longer"),
    "min_members": _("Members at least"),
    "max_members": _("Members at most"),
    "spread_minutes": _("Minutes that a start may be moved"),
    "duty_minutes": _("Minutes before the backup is alerted"),
    "backup_minutes": _("Minutes before the contacts are alerted"),
    "contact_minutes": _("Minutes for each contact"),
    "coordinator_minutes": _("Minutes before the number that answers day and night"),
    "outcome_minutes": _("Minutes to say what was found"),
    "louder_minutes": _("Minutes between alerts that nobody takes"),
}
"""The settings of a policy, by name."""
