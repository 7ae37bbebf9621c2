"""What is asked about the programme as a whole."""

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.people.domain.telephone import format_for_people
from backend.people.web.fields import number_field, one_number, time_field
from backend.people.web.recurrence_forms import HolidaysField
from backend.transport.domain.programme import MOST_WEEKS, ProgrammeSettings


class SettingsForm(forms.Form):
    """Cutoff, how far ahead, holidays, and the number of the leaflet."""

    cutoff = time_field(_("Cancelling is free on the day before until"))
    weeks_ahead = number_field(_("Weeks ahead for which trips can be booked"), 1, MOST_WEEKS)
    phone = forms.CharField(
        label=_("Telephone number in the leaflet"),
        max_length=40,
        required=False,
        help_text=_("Empty: the number of your organisation."),
    )
    holidays = HolidaysField(label=_("The bus does not drive on"))

    @classmethod
    def of(cls, chosen: ProgrammeSettings) -> "SettingsForm":
        """As it is."""
        phone = format_for_people(chosen.phone) if chosen.phone else ""
        return cls(initial={**vars(chosen), "holidays": list(chosen.holidays), "phone": phone})

    def clean_phone(self) -> str:
        """The number in E.164, or empty."""
        return one_number(self.cleaned_data["phone"])
