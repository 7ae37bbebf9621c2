"""What is asked about an incident."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.incidents.models import Outcome
from backend.incidents.web import words


class OutcomeForm(forms.Form):
    """What was found, for one member; an empty `member` means the case as a whole."""

    outcome = forms.ChoiceField(widget=forms.RadioSelect, error_messages={"required": _("Choose what you found.")})
    member = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_members: bool, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = words.outcomes_for(has_members=has_members, kind=kind)
        # Any outcome of the domain is taken: what is offered depends on the case, what is true does not.
        self.fields["outcome"].choices = Outcome.choices  # type: ignore[attr-defined]

    @property
    def found(self) -> Outcome:
        """The outcome that was chosen. Only after `is_valid`."""
        return Outcome(self.cleaned_data["outcome"])


class TimedOutcomeForm(OutcomeForm):
    """As staff record it: also something that happened earlier, told by telephone or on paper."""

    at = forms.TimeField(required=False, widget=forms.TimeInput(attrs={"type": "time"}))

    def true_time(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """The latest instant (UTC) up to `now` at which a wall clock in `zone` showed the time; None for now."""
        wall = self.cleaned_data["at"]
        if wall is None:
            return None
        local = datetime.combine(now.astimezone(zone).date(), wall, tzinfo=zone)
        if local > now:
            local -= timedelta(days=1)
        return local.astimezone(UTC)
