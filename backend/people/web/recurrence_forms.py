"""What is asked about what recurs: how often, on which days, and between which dates."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from backend.common import holidays, recurrence
from backend.common.recurrence import Monthly, RuleError, Weekly
from backend.people.web import recurring
from backend.people.web.fields import day_field

EVERY = [
    ("1", _("Every week, on the days below")),
    ("2", _("Every other week, on the days below")),
    ("month", _("Once a month")),
    ("rule", _("As this rule says (RRULE)")),
]


class HolidaysField(forms.MultipleChoiceField):
    """Which public holidays are kept: codes of `common.holidays`, named in the reader's language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple, choices=_named, **kwargs)


def _named() -> list[tuple[str, str]]:
    return list(holidays.names(get_language() or "nl").items())


class RecurrenceForm(forms.Form):
    """When something recurs, in plain words; after `clean` it is in `rule`."""

    every = forms.ChoiceField(label=_("How often"), choices=EVERY, widget=forms.RadioSelect, initial="1")
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"),
        coerce=int,
        required=False,
        choices=list(enumerate(recurring.WEEKDAYS)),
        widget=forms.CheckboxSelectMultiple,
    )
    number = forms.TypedChoiceField(
        label=_("Once a month: which"), coerce=int, required=False, choices=list(recurring.NUMBERS.items()), initial=1
    )
    weekday = forms.TypedChoiceField(
        label=_("Once a month: weekday"), coerce=int, required=False, choices=list(enumerate(recurring.WEEKDAYS))
    )
    rule = forms.CharField(
        label=_("Rule (RRULE)"),
        max_length=200,
        required=False,
        help_text=_("Only for what the choices above cannot say, such as FREQ=MONTHLY;BYMONTHDAY=15."),
    )
    first_day = day_field(_("From"), help_text=_("Every other week is counted from the week of this day."))
    last_day = day_field(
        _("Up to and including"), required=False, help_text=_("Leave it empty for: until further notice.")
    )
    on_holidays = forms.BooleanField(label=_("Also on public holidays"), required=False)

    def clean(self) -> dict[str, Any]:
        """The rule of what was chosen."""
        cleaned = super().clean() or {}
        every = cleaned.get("every")
        if every in {"1", "2"} and not cleaned.get("weekdays"):
            self.add_error("weekdays", _("Choose at least one day."))
        elif every in {"1", "2"}:
            cleaned["rule"] = recurrence.rule_of(Weekly(tuple(cleaned["weekdays"]), int(every)))
        elif every == "month":
            cleaned["rule"] = recurrence.rule_of(Monthly(int(cleaned["number"]), int(cleaned["weekday"])))
        elif every == "rule":
            self._check_rule(cleaned)
        return cleaned

    def _check_rule(self, cleaned: dict[str, Any]) -> None:
        first_day = cleaned.get("first_day")
        try:
            if first_day is not None:
                cleaned["rule"] = recurrence.check(cleaned.get("rule", ""), first_day)
        except RuleError as error:
            self.add_error("rule", recurring.why_not(error))


def choices_of(rule: str) -> dict[str, Any]:
    """What somebody would have chosen to get this rule."""
    try:
        pattern = recurrence.pattern_of(rule)
    except RuleError:
        pattern = None
    if isinstance(pattern, Monthly):
        return {"every": "month", "number": pattern.number, "weekday": pattern.weekday}
    if isinstance(pattern, Weekly) and pattern.interval in {1, 2}:
        return {"every": str(pattern.interval), "weekdays": list(pattern.weekdays)}
    return {"every": "rule"}
