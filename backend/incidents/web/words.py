"""The codes of incidents in words, for pages. The scripts have words of their own: those are spoken."""

from django.utils.translation import gettext_lazy as _

from backend.incidents.domain import outcomes
from backend.incidents.models import Incident, Outcome

REASONS = {
    Incident.Kind.NO_ANSWER: _("did not answer the telephone this morning"),
    Incident.Kind.WORRIED: _("somebody is worried"),
    Incident.Kind.HELP: _("asked for help"),
    Incident.Kind.ROUND: _("the telephone round did not come full circle"),
    Incident.Kind.OUTAGE: _("the telephone is disturbed: these members have not been reached"),
    Incident.Kind.DUTY: _("nobody who can come is on the duty roster"),
    Incident.Kind.STRANDED: _("the bus does not go on: these passengers have yet to get home"),
    Incident.Kind.NOT_AT_DOOR: _("was not at the door when the bus came"),
    Incident.Kind.RUN: _("a trip of the bus is not closed, or has no crew"),
    Incident.Kind.EVENING: _("something is wrong with a dinner"),
}

KINDS: dict[str, object] = {kind.value: text for kind, text in REASONS.items()}
"""The same, by code."""

OUTCOMES = {
    Outcome.FOUND_WELL: _("Found, and all is well"),
    Outcome.ANSWERED_LATE: _("Reached by telephone after all, and all is well"),
    Outcome.FALSE_ALARM: _("False alarm: had forgotten it"),
    Outcome.KNOWN_ABSENT: _("Is away, and somebody knew"),
    Outcome.NEEDED_HELP: _("Found, needed help and has it now"),
    Outcome.HOSPITAL: _("Is in hospital"),
    Outcome.DECEASED: _("Has died"),
    Outcome.KEY_FAILED: _("I cannot get in: the key does not work"),
    Outcome.EMERGENCY_CALLED: _("Police or 112 have been called; I am waiting for them"),
    Outcome.RECEIVED: _("I have taken note; the round is complete"),
    Outcome.ARRANGED: _("It has been arranged"),
}
FOUND: dict[str, object] = {code.value: text for code, text in OUTCOMES.items()}
"""The same, by code."""

STEPS = {
    "opened": _("Case opened"),
    "alerted": _("Alerted"),
    "alerted_again": _("Alerted again, louder"),
    "level_skipped": _("Skipped, nobody can be reached there"),
    "alert_not_answered": _("Alert not answered"),
    "claimed": _("Took the case"),
    "declined": _("Cannot go"),
    "arrived": _("Is at the door"),
    "outcome": _("Recorded"),
    "outcome_overdue": _("Nothing recorded in time: reminded, and others alerted"),
    "news_heard": _("Has heard the news"),
    "late_proof": _("The person has been in touch after all; the case stays open until somebody has looked"),
    "no_answer_on_paper": _("Was rung by hand and did not answer"),
    "reached_after_all": _("Has been reached after all"),
    "stood_down": _("The person has been in touch after all: nobody need go"),
    "circle_added": _("One more circle has nobody on duty"),
    "turned_up": _("The person has turned up: nobody need go"),
    "proof_taken_back": _("They were not seen after all, it was a mistake: the case goes on"),
    "missing_again": _("It is not known any more that they are home: the case goes on"),
    "asked_again": _("The person has asked for help again"),
    "worried_again": _("Somebody worries about this again"),
    "member_added": _("One more person is part of this case"),
    "key_note_shown": _("Looked at where the key is"),
    "closed": _("Case closed"),
}

ROLES = {
    "duty": _("volunteer on duty"),
    "backup": _("backup"),
    "contact": _("contact"),
    "coordinator": _("coordinator"),
    "organisation": _("number that answers day and night"),
}

CHANNELS = {
    "call": _("by telephone"),
    "text": _("by text message"),
    "link": _("by the link in the text message"),
    "page": _("on this page"),
    "paper": _("on paper"),
    "command": _("by command"),
    "system": _("automatically"),
}

WAYS = {"call": _("call"), "text": _("text message")}

ENDS = {
    "": _("waiting"),
    "queued": _("waiting"),
    "under_way": _("under way"),
    "completed": _("answered"),
    "done": _("arrived"),
    "no_answer": _("no answer"),
    "busy": _("busy"),
    "failed": _("could not be delivered"),
    "canceled": _("taken back"),
    "cancelled": _("taken back: not needed any more"),
    "expired": _("too late: not sent any more"),
}
"""How an alert ended; `answered` is said of a call only, a text has `arrived`."""

HOW_OPENED = {
    "deadline": _("not round by the deadline"),
    "not_received": _("the volunteer did not take the last call"),
    "not_held": _("the morning was not held"),
    "on_paper": _("did not answer when rung by hand, from the list on paper"),
    "refused": _("could not be rung: the carrier refuses the number"),
    "slow": _("the account places too few calls: not everybody was rung by the deadline"),
    "no_number": _("could not be rung: there is no telephone number"),
    "not_rung": _("could not be rung: no call could be made"),
    "stuck": _("the machine fails at this morning: nobody is rung, or nobody was alerted"),
    "not_closed": _("the trip of the bus was not closed: not everybody is known to be home"),
    "not_started": _("the bus has not started, and these passengers wait for it"),
    "not_told": _("the bus comes otherwise than promised, and these passengers have not confirmed that they know"),
    "no_crew": _("the trip of the bus has no driver or no host"),
    "no_dinner_crew": _("the dinner has no cook or no host"),
    "kitchen_untold": _("nobody could be told for how many to cook"),
    "kitchen_unseen": _("the kitchen has not seen for how many to cook: ring the cook, or go and look"),
    "no_vehicle": _("the trip goes with a bus that may not be driven on that day"),
    "no_place": _("the bus has no place for them any more, and nobody has told them: ring them today"),
    "not_resumed": _("the pause is over, but the circle lacks what it needs"),
}


def outcomes_for(*, has_members: bool, kind: str = "") -> list[tuple[str, str]]:
    """The outcomes that make sense for a case, as choices of a form: about somebody, or about the whole."""
    return [(code, str(OUTCOMES[Outcome(code)])) for code in outcomes.outcomes_for(kind, has_members=has_members)]
