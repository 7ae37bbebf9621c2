"""What is asked about volunteers of a crew: what they do, who they are, which papers were seen."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.people.domain.telephone import read_numbers
from backend.people.models import Paper, Person
from backend.people.web.crew_words import PAPERS
from backend.people.web.fields import CHOOSE_ERRORS, NAME_ERRORS, day_field


class TasksForm(forms.Form):
    """What somebody does in a crew, and whether they stand by. A programme's own form names its tasks."""

    tasks = forms.MultipleChoiceField(label=_("Does"), required=False, widget=forms.CheckboxSelectMultiple)
    standby = forms.BooleanField(
        label=_("Stands by"), required=False, help_text=_("Is asked first when somebody drops out.")
    )
    CHOICES: Sequence[tuple[str, Any]] = ()
    HELP: Any = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tasks = self.fields["tasks"]
        assert isinstance(tasks, forms.MultipleChoiceField)
        tasks.choices = list(self.CHOICES)
        tasks.help_text = self.HELP

    @classmethod
    def of(cls, tasks: Iterable[str], *, standby: bool) -> "TasksForm":
        """As it is now."""
        return cls(initial={"tasks": list(tasks), "standby": standby}, auto_id="tasks-%s")

    @property
    def wanted(self) -> dict[str, bool]:
        """The tasks, and whether they stand by for them."""
        return {task: bool(self.cleaned_data["standby"]) for task in self.cleaned_data["tasks"]}


class NewMemberForm(TasksForm):
    """Somebody who is known already, or a new person."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Somebody we know"),
        required=False,
        empty_label=_("A new person"),
        help_text=_("Or fill in the name and the number of a new person."),
    )
    given_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("Telephone"), max_length=60, required=False, help_text=_("A mobile can receive texts as well.")
    )
    field_order = ("person", "given_name", "family_name", "phone", "tasks", "standby")

    def clean_phone(self) -> list[str]:
        """The numbers in E.164, as understood from what was typed."""
        typed = self.cleaned_data["phone"]
        if not typed:
            return []
        reading = read_numbers(typed)
        if reading.refused:
            raise forms.ValidationError(_("This number may not be rung. Give the person's own number."))
        if not reading.numbers:
            raise forms.ValidationError(_("This is not a telephone number. Type it as 06 0000 0100 or 013 000 1300."))
        return [number.e164 for number in reading.numbers]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("tasks"):
            self.add_error("tasks", CHOOSE_ERRORS["required"])
        if cleaned.get("person") is None:
            for name in ("given_name", "family_name"):
                if not cleaned.get(name):
                    self.add_error(name, NAME_ERRORS["required"])
            if "phone" in cleaned and not cleaned["phone"]:
                self.add_error("phone", _("Give a telephone number."))
        return cleaned


class PaperForm(forms.Form):
    """A paper that somebody has seen. `KINDS`: those that the programme knows."""

    KINDS: Sequence[Paper.Kind] = ()
    kind = forms.ChoiceField(label=_("Which paper"))
    seen_on = day_field(_("Seen on"))
    valid_until = day_field(
        _("Holds until"), required=False, help_text=_("Leave it empty when it has no end, as a VOG has none.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(one.value, PAPERS[one]) for one in self.KINDS]
