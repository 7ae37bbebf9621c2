"""What is asked about the volunteers of the dinners."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.meals.domain.crew import JOBS, PAPERS
from backend.meals.models import Job, MealVolunteer
from backend.meals.web import words
from backend.people.models import Paper
from backend.people.web import crew_forms
from backend.people.web.fields import CHOOSE_ERRORS

CHOICES = [(job, words.JOBS[Job(job)]) for job in JOBS]


class JobsForm(crew_forms.TasksForm):
    """What somebody does at the dinners."""

    CHOICES: Sequence[tuple[str, Any]] = CHOICES
    HELP = _("Nobody does two jobs on one evening.")


def jobs_form(members: Iterable[MealVolunteer]) -> crew_forms.TasksForm:
    """As it is now."""
    doing = [member for member in members if member.in_use]
    return JobsForm.of([member.job for member in doing], standby=any(member.is_standby for member in doing))


class NewMemberForm(crew_forms.NewMemberForm):
    """Somebody who is known already, or a new person."""

    CHOICES: Sequence[tuple[str, Any]] = CHOICES
    HELP = JobsForm.HELP


class PaperForm(crew_forms.PaperForm):
    """A paper that somebody has seen."""

    KINDS: Sequence[Paper.Kind] = [Paper.Kind(kind) for kind in PAPERS]


class OneJobForm(forms.Form):
    """One job."""

    job = forms.ChoiceField(label=_("Job"), choices=CHOICES, error_messages=CHOOSE_ERRORS)


class MorePlacesForm(OneJobForm):
    """One more place in the crew of an evening."""

    stays_away = forms.BooleanField(
        label=_("Does not eat along"), required=False, help_text=_("Otherwise the place takes a chair.")
    )
