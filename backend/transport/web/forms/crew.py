"""What is asked about drivers and hosts."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from backend.people.models import Paper, Person
from backend.people.web import crew_forms
from backend.transport.domain.crew import PAPERS
from backend.transport.models import Availability, CrewMember
from backend.transport.models.crew import Task
from backend.transport.web import words

ANSWERS = (("can", _("can")), ("cannot", _("cannot")), ("", _("not known yet")))
SAID = {"can": True, "cannot": False, "": None}


class TasksForm(crew_forms.TasksForm):
    """What somebody does for the bus."""

    CHOICES: Sequence[tuple[str, Any]] = [(task.value, words.TASKS[task]) for task in Task]
    HELP = _("Nobody is driver and host on the same trip.")


def tasks_form(members: Iterable[CrewMember]) -> crew_forms.TasksForm:
    """As it is now."""
    doing = [member for member in members if member.in_use]
    return TasksForm.of([member.task for member in doing], standby=any(member.is_standby for member in doing))


class NewMemberForm(crew_forms.NewMemberForm):
    """Somebody who is known already, or a new person."""

    CHOICES = TasksForm.CHOICES
    HELP = TasksForm.HELP


class PaperForm(crew_forms.PaperForm):
    """A paper that somebody has seen."""

    KINDS: Sequence[Paper.Kind] = [Paper.Kind(kind) for kind in PAPERS]


class WhenForm(forms.Form):
    """On which dates somebody can come: one question a date on which the bus is driven."""

    def __init__(self, data: Any = None, *, days: Sequence[date], said: dict[date, bool]) -> None:
        super().__init__(data)
        self.days = days
        names = {True: "can", False: "cannot", None: ""}
        for day in days:
            self.fields[_name(day)] = forms.ChoiceField(
                label=formats.date_format(day, "l j F"),
                choices=ANSWERS,
                required=False,
                widget=forms.RadioSelect,
                initial=names[said.get(day)],
            )

    @property
    def said(self) -> dict[date, bool | None]:
        """The answers; None: not known yet."""
        return {day: SAID[self.cleaned_data[_name(day)]] for day in self.days}


def said_by(person: Person, days: Sequence[date]) -> dict[date, bool]:
    """What somebody has said about these local dates."""
    return dict(Availability.objects.filter(person=person, date__in=days).values_list("date", "can"))


def _name(day: date) -> str:
    return f"day-{day.isoformat()}"
