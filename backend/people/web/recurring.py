"""A recurrence in words, and why one cannot be kept."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.common.recurrence import Monthly, RuleError, Weekly, pattern_of

WEEKDAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)

NUMBERS = {
    1: gettext_lazy("first"),
    2: gettext_lazy("second"),
    3: gettext_lazy("third"),
    4: gettext_lazy("fourth"),
    -1: gettext_lazy("last"),
}


def in_words(rule: str) -> str:
    """Such as "every Tuesday and Thursday"; a rule that says more than that as it was written."""
    try:
        pattern = pattern_of(rule)
    except RuleError:
        return _("a rule that cannot be read: %(rule)s") % {"rule": rule}
    if isinstance(pattern, Monthly):
        told = {"number": NUMBERS[pattern.number], "weekday": WEEKDAYS[pattern.weekday]}
        return _("every %(number)s %(weekday)s of the month") % told
    if isinstance(pattern, Weekly):
        days = _listed([str(WEEKDAYS[day]) for day in pattern.weekdays])
        if pattern.interval == 1:
            return _("every %(days)s") % {"days": days}
        if pattern.interval == 2:
            return _("every other week on %(days)s") % {"days": days}
        return _("every %(n)s weeks on %(days)s") % {"n": pattern.interval, "days": days}
    return _("by the rule %(rule)s") % {"rule": rule}


WHY_NOT = {
    "empty": gettext_lazy("Write the rule, or choose one of the other ways."),
    "ends": gettext_lazy("Leave %(part)s out of the rule: give the last day in its own field."),
    "frequency": gettext_lazy("The rule must begin with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY."),
    "interval": gettext_lazy("INTERVAL is a whole number from 1 to 99."),
    "never": gettext_lazy("No day in the two years after the first day is one of this rule. Change the rule."),
    "part": gettext_lazy("A rule says days only; times have fields of their own: leave %(part)s out of the rule."),
    "unreadable": gettext_lazy("The rule cannot be read. An example: FREQ=WEEKLY;BYDAY=TU,TH."),
}


def why_not(error: RuleError) -> str:
    """What is wrong with a rule that somebody wrote, and what to do."""
    return str(WHY_NOT[error.code]) % {"part": error.part}


def _listed(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(most)s and %(last)s") % {"most": ", ".join(words[:-1]), "last": words[-1]}
