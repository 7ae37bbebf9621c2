"""The codes of people in words, for pages of every programme."""

from django.utils.translation import gettext_lazy as _

from backend.people.coming import Answer
from backend.people.models import Aid

AIDS = {
    Aid.Kind.ROLLATOR: _("rollator"),
    Aid.Kind.WHEELCHAIR: _("wheelchair, stays in it"),
    Aid.Kind.FOLDING_CHAIR: _("folding wheelchair"),
    Aid.Kind.SCOOTMOBIEL: _("mobility scooter"),
    Aid.Kind.STICK: _("stick"),
}

ANSWERS = {
    Answer.NOT_ASKED: _("not asked yet"),
    Answer.ASKED: _("asked, no answer yet"),
    Answer.YES: _("said yes"),
    Answer.SPEAK: _("wants to speak to somebody"),
    Answer.SILENT: _("did not answer"),
}
