"""What went wrong with a trip, and what is done about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.transport.domain.disruption import Part
from backend.transport.models import Disruption
from backend.transport.selectors.disruption import Candidate, Standing
from backend.transport.services.disruption import LONGEST_SHIFT, WAYS_HOME
from backend.transport.web import disruption as words

STOP, SHIFT, BUS, DRIVER = "stop", "shift", "bus", "driver"


class DisruptionForm(forms.Form):
    """One action. How people get home is asked of those who are away from home only."""

    kind = forms.ChoiceField(
        label=_("What is wrong"),
        choices=[("", _("Choose what is wrong")), *((kind.value, words.KINDS[kind]) for kind in Disruption.Kind)],
        error_messages={"required": _("Say what is wrong."), "invalid_choice": _("Say what is wrong.")},
    )
    action = forms.ChoiceField(
        label=_("What is to be done"),
        widget=forms.RadioSelect,
        choices=[
            (STOP, _("Stop: the bus does not drive, or not any further")),
            (SHIFT, _("Later: the bus drives later")),
            (BUS, _("Another bus drives")),
            (DRIVER, _("Another driver is looked for")),
        ],
        error_messages={"required": _("Choose what is to be done."), "invalid_choice": _("Choose what is to be done.")},
    )
    minutes = forms.IntegerField(
        label=_("Minutes later"),
        required=False,
        min_value=0,
        max_value=LONGEST_SHIFT,
        help_text=_("Everybody is told the new times. Leave it empty when the times stay as they are."),
        error_messages={
            "invalid": _("Give a number of minutes."),
            "min_value": _("Give a number of minutes between 1 and 240."),
            "max_value": _("Give a number of minutes between 1 and 240."),
        },
    )
    part = forms.ChoiceField(
        label=_("What is later"),
        choices=[(part.value, words.PARTS[part]) for part in Part],
        required=False,
    )
    layout = forms.TypedChoiceField(label=_("Which bus"), coerce=int, empty_value=None, required=False)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, buses: list[Candidate], away: list[Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        layout = self.fields["layout"]
        assert isinstance(layout, forms.TypedChoiceField)
        layout.choices = [("", _("Choose a bus")), *((one.layout.pk, words.bus(one)) for one in buses)]
        self._away = away
        for one in away:
            self.fields[f"home_{one.booking.pk}"] = forms.ChoiceField(
                label=_("%(name)s gets home") % {"name": one.booking.person.name},
                choices=[("", _("Not known yet")), *((way, words.WAYS_HOME[way]) for way in WAYS_HOME)],
                required=False,
            )

    def of_away(self) -> list[forms.BoundField]:
        """The fields about who is away from home."""
        return [self[f"home_{one.booking.pk}"] for one in self._away]

    def ways_home(self) -> dict[int, str]:
        """By booking, what is known."""
        given = {one.booking.pk: self.cleaned_data[f"home_{one.booking.pk}"] for one in self._away}
        return {pk: way for pk, way in given.items() if way}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("action") == SHIFT and "minutes" not in self.errors and not cleaned.get("minutes"):
            self.add_error("minutes", _("Give a number of minutes between 1 and 240."))
        if cleaned.get("action") == BUS and not cleaned.get("layout"):
            self.add_error("layout", _("Choose the bus that drives instead."))
        return cleaned
