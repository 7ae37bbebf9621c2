"""What is asked about a new circle, and about the settings in a policy template."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from backend.circles.domain.modes import Mode
from backend.circles.domain.policy import MorningPolicy, PolicyError, check_start
from backend.circles.models import PolicyTemplate
from backend.circles.web import words
from backend.common.errors import RondjeError
from backend.incidents.domain.policy import EscalationTimes
from backend.people.models import Organisation

MODES = [(mode.value, text) for mode, text in words.MODES.items()]


def in_words(error: RondjeError) -> str:
    """What a policy refuses, in the reader's language."""
    if isinstance(error, PolicyError) and error.values:
        named = {
            **error.values,
            "name": str(words.SETTINGS.get(str(error.values.get("name")), error.values.get("name"))),
        }
        return _now(error.template).format(**named)
    return _now(error.message)


class TemplateForm(forms.Form):
    """The settings of a template; what is left empty is as usual."""

    name = forms.CharField(label=_("Name"), max_length=80, error_messages={"required": _("Give a name.")})
    retry_after_minutes = forms.CharField(
        label=words.SETTINGS["retry_after_minutes"], required=False, help_text=_("Growing numbers, such as 3, 8.")
    )

    joining = forms.ChoiceField(
        label=words.SETTINGS["joining"],
        required=False,
        choices=[("", _("As usual")), *words.JOININGS.items()],
        error_messages={"invalid_choice": _("Choose one of them.")},
    )

    NUMBERS = (
        *("leg_minutes", "slack_minutes", "ring_seconds", "ring_longer_seconds", "min_members", "max_members"),
        "spread_minutes",
    )
    TIMES = tuple(field.name for field in fields(EscalationTimes))

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        usual = {**MorningPolicy().as_json(), **vars(EscalationTimes())}
        for name in (*self.NUMBERS, *self.TIMES):
            self.fields[name] = forms.IntegerField(
                label=words.SETTINGS[name],
                required=False,
                help_text=_("Usually %(usual)s.") % {"usual": usual[name]},
                min_value=1 if name in self.TIMES else None,
                max_value=120 if name in self.TIMES else None,
                error_messages={"invalid": _("Give a whole number.")},
            )

    @classmethod
    def of(cls, template: PolicyTemplate) -> "TemplateForm":
        """The form with what a template says."""
        morning = dict(template.policy.get("morning", {}))
        if "retry_after_minutes" in morning:
            morning["retry_after_minutes"] = ", ".join(str(minutes) for minutes in morning["retry_after_minutes"])
        initial = {"name": template.name, **morning, **template.policy.get("escalation", {})}
        return cls(initial=initial, organisation=template.organisation)

    def clean_retry_after_minutes(self) -> list[int]:
        """Minutes, as numbers."""
        written = self.cleaned_data["retry_after_minutes"].replace(";", ",")
        try:
            return [int(part) for part in written.split(",") if part.strip()]
        except ValueError as error:
            raise forms.ValidationError(_("Growing numbers, such as 3, 8.")) from error

    def policy(self) -> dict[str, Any]:
        """As a template keeps it: only what differs from the usual. Only after the fields are clean."""
        given = {name: self.cleaned_data.get(name) for name in (*self.NUMBERS, *self.TIMES)}
        morning: dict[str, Any] = {name: given[name] for name in self.NUMBERS if given[name] is not None}
        for name in ("retry_after_minutes", "joining"):
            if self.cleaned_data.get(name):
                morning[name] = self.cleaned_data[name]
        escalation = {name: given[name] for name in self.TIMES if given[name] is not None}
        return {key: part for key, part in (("morning", morning), ("escalation", escalation)) if part}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        policy = self.policy()
        try:
            MorningPolicy.of(self.organisation.settings.get("morning", {}), policy.get("morning", {}))
            EscalationTimes(**policy.get("escalation", {}))
        except RondjeError as error:
            self.add_error(None, in_words(error))
        return cleaned


class CircleForm(forms.Form):
    """A new circle, which is being formed."""

    name = forms.CharField(
        label=_("Name of the circle"), max_length=120, error_messages={"required": _("Give a name.")}
    )
    start = forms.TimeField(
        label=_("Starts at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Give a time."), "invalid": _("Give a time.")},
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"),
        coerce=int,
        choices=list(enumerate(words.WEEKDAYS)),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )
    mode = forms.ChoiceField(
        label=_("How it goes round"), choices=[(mode.value, text) for mode, text in words.MODES.items()]
    )
    template = forms.ModelChoiceField(
        PolicyTemplate.objects.none(), label=_("Settings"), required=False, empty_label=_("The usual settings")
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["template"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = PolicyTemplate.objects.filter(organisation=organisation).order_by("name")

    def clean_start(self) -> Any:
        """A time at which circles start."""
        try:
            check_start(self.cleaned_data["start"])
        except PolicyError as error:
            raise forms.ValidationError(in_words(error)) from error
        return self.cleaned_data["start"]

    @property
    def chosen_mode(self) -> Mode:
        """Only after `is_valid`."""
        return Mode(self.cleaned_data["mode"])
