"""What is asked about the crew of an organisation's dinners: when volunteers are asked, and what a job takes."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from backend.meals.domain.crew import JOBS, PAPERS, DinnerCrew
from backend.meals.models import Job
from backend.meals.web import words
from backend.meals.web.forms.crew import CHOICES
from backend.people.models import Paper
from backend.people.web.crew_words import PAPERS as PAPER_WORDS
from backend.people.web.fields import number_field

NUMBERS: dict[str, tuple[str | Promise, str | Promise]] = {
    "ask_days": (_("Volunteers are asked from so many days before"), ""),
    "answer_hours_most": (_("At most so many hours to answer"), ""),
    "answer_minutes_least": (_("At least so many minutes to answer"), ""),
    "remind_hours": (_("Reminded so many hours before"), ""),
    "hurry_hours": (
        _("Haste: everybody at once, from so many hours before"),
        _("By text and by call. Whoever says yes first has the place."),
    ),
    "last_offer_hours": (_("Nobody is asked by the machine any more, from so many hours before"), ""),
    "fair_days": (_("Whose turn it is: who helped least, in so many days before and after"), ""),
    "expiring_days": (_("Say so many days ahead that a paper is over"), ""),
    "case_hours": (_("An alarm, so many hours before, when one of the jobs below is nobody's"), ""),
}
"""What each number is called, and what helps to choose it, in the order in which they are shown."""

BEGINS, NEEDS = "begins_", "needs_"
"""Fields with a job, or a kind of paper, behind it."""


class CrewSettingsForm(forms.Form):
    """An organisation's own; what is left as it was follows the product."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in NUMBERS.items():
            self.fields[name] = number_field(label, *DinnerCrew.LIMITS[name], help_text=help_text)
        self.fields["key_jobs"] = _jobs_field(_("There is an alarm when nobody has this job"))
        for job in JOBS:
            label = format_lazy(_("Begins so many hours before the doors open: {job}"), job=words.JOBS[Job(job)])
            self.fields[f"{BEGINS}{job}"] = number_field(label, 0, 12)
        for kind in PAPERS:
            self.fields[f"{NEEDS}{kind}"] = _jobs_field(
                format_lazy(_("Needed for a job: {paper}"), paper=PAPER_WORDS[Paper.Kind(kind)]),
                _("Whoever helps and has not shown it is taken off the roster, and told."),
            )

    @classmethod
    def initial_from(cls, crew: DinnerCrew) -> dict[str, Any]:
        """As it is."""
        return {
            **{name: getattr(crew, name) for name in NUMBERS},
            "key_jobs": list(crew.key_jobs),
            **{f"{BEGINS}{job}": crew.hours_of(job) for job in JOBS},
            **{f"{NEEDS}{kind}": [job for job in JOBS if kind in crew.required(job)] for kind in PAPERS},
        }

    def clean(self) -> dict[str, Any]:
        """The least that somebody has to answer is not more than the most."""
        cleaned = super().clean() or {}
        most, least = cleaned.get("answer_hours_most"), cleaned.get("answer_minutes_least")
        if most is not None and least is not None and least > most * 60:
            self.add_error("answer_minutes_least", _("This is longer than anybody has to answer. Give less."))
        return cleaned

    @property
    def chosen(self) -> DinnerCrew:
        """Only after `is_valid`."""
        asked = self.cleaned_data
        needed = {job: [kind for kind in PAPERS if job in asked[f"{NEEDS}{kind}"]] for job in JOBS}
        return DinnerCrew.of(
            {
                **{name: asked[name] for name in NUMBERS},
                "key_jobs": [job for job in JOBS if job in asked["key_jobs"]],
                "hours_before": {job: asked[f"{BEGINS}{job}"] for job in JOBS},
                "papers": {job: kinds for job, kinds in needed.items() if kinds},
            }
        )


def _jobs_field(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=CHOICES, required=False, help_text=help_text, widget=forms.CheckboxSelectMultiple
    )
