"""What is asked about who is on duty for the bus."""

from backend.people.web.roster_forms import (
    DateForm,
    RosterForm,
    VolunteerForm,
    WeekdayForm,
    rank_field,
    weekday_field,
)


class NewcomerForm(VolunteerForm):
    """Somebody who is not in the list yet, and is on duty from now on."""

    prefix = "newcomer"
    rank = rank_field()
    weekday = weekday_field()


FORMS: dict[str, type[RosterForm]] = {form.prefix: form for form in (WeekdayForm, DateForm, NewcomerForm)}
