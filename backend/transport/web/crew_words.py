"""How a place in the crew of a trip stands, in words and in a colour."""

from django.utils.translation import gettext as _

from backend.transport.models import CrewDuty

DUTY_LOOKS = {
    CrewDuty.State.OPEN: "missed",
    CrewDuty.State.ASKED: "ringing",
    CrewDuty.State.CONFIRMED: "well",
}
"""Which of the colours of the tokens stands beside the word."""


def duty_in_words(duty: CrewDuty) -> str:
    """How a place in the crew stands."""
    words = {
        CrewDuty.State.OPEN: _("nobody yet"),
        CrewDuty.State.ASKED: _("asked, no answer yet"),
        CrewDuty.State.CONFIRMED: _("confirmed"),
    }
    return words[CrewDuty.State(duty.state)]
