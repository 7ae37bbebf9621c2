"""What is asked about evenings: those that recur, and single ones."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.meals.domain.series import MOST_WEEKS, SeriesSettings, Times
from backend.meals.models import Evening, EveningSeries, Job
from backend.meals.selectors.habits import KnownPlate
from backend.meals.selectors.series import times_of
from backend.meals.services.changing import Facts
from backend.meals.services.planning import needs_of
from backend.meals.services.series import Recurrence
from backend.meals.web import words
from backend.meals.web.forms.plates import Plates
from backend.people.selectors import zone_of
from backend.people.web.fields import day_field, number_field, time_field
from backend.people.web.recurrence_forms import HolidaysField, RecurrenceForm, choices_of

MOST_OF_A_JOB = 20
WALLS = ("cutoff", "doors", "dinner", "ends")


class SettingsForm(forms.Form):
    """How far ahead evenings are made, and on which holidays there is none."""

    weeks_ahead = number_field(_("Weeks ahead for which one can reserve"), 1, MOST_WEEKS)
    holidays = HolidaysField(label=_("There is no dinner on"))

    @classmethod
    def initial_from(cls, chosen: SeriesSettings) -> dict[str, Any]:
        """As it is."""
        return {"weeks_ahead": chosen.weeks_ahead, "holidays": list(chosen.holidays)}


class TimesForm(forms.Form):
    """The four times of an evening, in order."""

    cutoff = time_field(
        _("Reserving and cancelling until"), help_text=_("The kitchen has its final count then, on the day itself.")
    )
    doors = time_field(_("The doors open at"))
    dinner = time_field(_("Dinner is served at"))
    ends = time_field(_("It is over at"))

    def clean(self) -> dict[str, Any]:
        """Each time after the one before it; the first that is not has the sentence."""
        cleaned = super().clean() or {}
        if all(cleaned.get(name) for name in WALLS):
            times: dict[str, time] = cleaned
            if times["doors"] <= times["cutoff"]:
                self.add_error("doors", _("The doors open after the kitchen has its final count. Choose a later time."))
            elif times["dinner"] < times["doors"]:
                self.add_error("dinner", _("Dinner is served when the doors are open. Choose a later time."))
            elif times["ends"] <= times["dinner"]:
                self.add_error("ends", _("The evening is over after dinner. Choose a later time."))
        return cleaned

    @property
    def times(self) -> Times:
        """Only after `is_valid`."""
        return Times(**{name: self.cleaned_data[name] for name in WALLS})


class CrewNeedsForm(forms.Form):
    """How many of each job an evening needs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for job, word in words.JOBS.items():
            label = _("Crew: %(job)s") % {"job": str(word).lower()}
            self.fields[f"need_{job.value}"] = number_field(label, 0, MOST_OF_A_JOB, initial=0)

    @property
    def needs(self) -> dict[str, int]:
        """People by job. Only after `is_valid`."""
        return {job: self.cleaned_data[f"need_{job}"] for job in Job.values}


class SeriesForm(RecurrenceForm, TimesForm, CrewNeedsForm):
    """When, and with how many of the crew."""

    theme = forms.CharField(label=_("Theme"), max_length=120, required=False)
    field_order = (
        *("every", "weekdays", "number", "weekday", "rule", "first_day", "last_day"),
        *WALLS,
        *("on_holidays", "theme"),
    )

    @classmethod
    def initial_from(cls, series: EveningSeries | None) -> dict[str, Any]:
        """As the series is; usual times for a new one (domain text, Resto VanHarte)."""
        if series is None:
            return vars(Times())
        names = ("first_day", "last_day", "on_holidays", "rule", "theme")
        needs = {f"need_{job}": people for job, people in needs_of(series).items()}
        known = {name: getattr(series, name) for name in names}
        return {**known, **vars(times_of(series)), **needs, **choices_of(series.rule)}

    @property
    def recurrence(self) -> Recurrence:
        """Only after `is_valid`."""
        names = ("rule", "first_day", "last_day", "on_holidays")
        return Recurrence(times=self.times, **{name: self.cleaned_data[name] for name in names})


class ClosureForm(forms.Form):
    """One date on which a series has no dinner."""

    day = day_field(_("Day"))
    reason = forms.CharField(
        label=_("Why"), max_length=120, required=False, help_text=_("It stands on the public page.")
    )


class FactsForm(TimesForm):
    """What is particular about one evening."""

    chairs = number_field(_("Chairs"), 1, 300, help_text=_("For guests, crew and speakers together."))
    theme = forms.CharField(label=_("Theme"), max_length=120, required=False)
    speaker = forms.CharField(
        label=_("Who speaks"),
        max_length=120,
        required=False,
        help_text=_("A role, such as the district police officer. It stands on the public page."),
    )
    speakers = number_field(_("How many speak"), 0, 10, initial=0, help_text=_("They eat along and take a chair."))

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.plates = Plates(data, (initial or {}).get("plates", ()))

    @property
    def facts(self) -> Facts:
        """Only after `is_valid`."""
        names = ("chairs", "theme", "speaker", "speakers")
        given = {name: self.cleaned_data[name] for name in names}
        return Facts(times=self.times, plates=self.plates.wishes, **given)

    def clean(self) -> dict[str, Any]:
        """Who is announced sits somewhere, and what they do not eat can be understood."""
        cleaned = super().clean() or {}
        if not self.plates.is_valid():
            self.add_error(None, _("Look once more at what those who speak do not eat."))
        if cleaned.get("speaker") and cleaned.get("speakers") == 0:
            self.add_error("speakers", _("Who speaks eats along: give at least 1."))
        return cleaned


class ChangeForm(FactsForm):
    """Change one evening."""

    @classmethod
    def initial_from(cls, evening: Evening) -> dict[str, Any]:
        """As it is, in wall times."""
        zone = zone_of(evening.resto.organisation)

        def wall(moment: datetime) -> Any:
            return timezone.localtime(moment, zone).time()

        names = ("chairs", "theme", "speaker", "speakers")
        times = {name: wall(getattr(evening, f"{name}_at")) for name in WALLS}
        plates = [
            KnownPlate(tuple(one.without), one.own_plate, "", one.note) for one in evening.speaker_plates.order_by("pk")
        ]
        return {**times, **{name: getattr(evening, name) for name in names}, "plates": plates}


class SingleForm(FactsForm, CrewNeedsForm):
    """An evening of no series."""

    day = day_field(_("Day"))
    field_order = ("day", *WALLS)


class CancelForm(forms.Form):
    """Why an evening does not take place, and that it is meant."""

    because = forms.CharField(
        label=_("Why"),
        max_length=120,
        help_text=_("It stands on the public page."),
        error_messages={"required": _("Say why. It stands on the public page.")},
    )
    sure = forms.BooleanField(
        label=_("This dinner does not take place"),
        error_messages={"required": _("Tick this box if the dinner does not take place.")},
    )
