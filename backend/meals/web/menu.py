"""What somebody does not eat and for whom there is nothing yet, in words."""

from datetime import datetime

from django.utils.translation import get_language, ngettext

from backend.meals.food_words import without
from backend.meals.models import Course, Evening
from backend.meals.selectors.kitchen import sheet_now
from backend.meals.web import words


def lacking(evening: Evening, now: datetime) -> list[str]:
    """Diets that guests have reserved with, and for which a course has no variant. Nothing once it is over."""
    if evening.state not in (Evening.State.PLANNED, Evening.State.OPEN) or evening.ends_at <= now:
        return []
    language = get_language() or "nl"
    return [
        ngettext(
            "%(course)s: nothing %(diet)s yet, for %(n)s person",
            "%(course)s: nothing %(diet)s yet, for %(n)s people",
            people,
        )
        % {"course": words.COURSES[Course.Kind(course.kind)], "diet": without(diet, language), "n": people}
        for course in sheet_now(evening).courses
        for diet, people in course.to_make
        if diet
    ]
