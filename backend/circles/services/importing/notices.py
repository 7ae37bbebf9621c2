"""What the importer has to say beyond the file itself: about the circle, its people, and the request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Fact = str | int | frozenset[int]


class NoticeCode(StrEnum):
    """Every kind of notice; the sentences are in `words`."""

    # Why nothing is imported
    FILE_NOT_FOUND = "file_not_found"
    FILE_NOT_OPENED = "file_not_opened"
    CONSENT_UNREADABLE = "consent_unreadable"
    NO_MEMBERS = "no_members"
    NO_ORGANISATION = "no_organisation"
    UNKNOWN_ORGANISATION = "unknown_organisation"
    UNKNOWN_CIRCLE = "unknown_circle"
    NO_CIRCLE = "no_circle"
    CIRCLE_UNCLEAR = "circle_unclear"
    CIRCLE_NAME = "circle_name"
    START_UNREADABLE = "start_unreadable"
    START_OUTSIDE = "start_outside"
    DAYS_UNREADABLE = "days_unreadable"
    SETTING_REFUSED = "setting_refused"
    REACHES_NOBODY = "reaches_nobody"
    VOLUNTEER_UNREADABLE = "volunteer_unreadable"
    VOLUNTEER_NUMBER_REFUSED = "volunteer_number_refused"
    VOLUNTEER_UNKNOWN = "volunteer_unknown"
    VOLUNTEER_UNCLEAR = "volunteer_unclear"
    VOLUNTEER_WITHOUT_NUMBER = "volunteer_without_number"
    # About the circle
    CIRCLE_MADE = "circle_made"
    FIRST_MORNING = "first_morning"
    CIRCLE_FOUND = "circle_found"
    CIRCLE_NOT_ACTIVE = "circle_not_active"
    START_DIFFERS = "start_differs"
    DAYS_DIFFER = "days_differ"
    TOO_MANY_MEMBERS = "too_many_members"
    VOLUNTEER_REGISTERED = "volunteer_registered"
    VOLUNTEER_NAMESAKE = "volunteer_namesake"
    VOLUNTEER_ON_DUTY = "volunteer_on_duty"
    VOLUNTEER_IS_MEMBER = "volunteer_is_member"
    VOLUNTEER_DIFFERS = "volunteer_differs"
    NOBODY_ON_DUTY = "nobody_on_duty"
    NOT_IN_LIST = "not_in_list"
    # About a row
    PLACED_BEHIND = "placed_behind"
    PERHAPS_THE_SAME = "perhaps_the_same"
    HAS_LEFT = "has_left"
    ALSO_IN_CIRCLE = "also_in_circle"
    NEVER_RUNG = "never_rung"
    NOT_RUNG_ON = "not_rung_on"
    NOT_STORED = "not_stored"
    STILL_NEEDS_NUMBER = "still_needs_number"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to say, with its facts by name. Days are 0 (Monday) to 6."""

    code: NoticeCode
    facts: tuple[tuple[str, Fact], ...] = ()

    def __getitem__(self, name: str) -> Fact:
        return dict(self.facts)[name]


def notice(code: NoticeCode, **facts: Fact) -> Notice:
    """A notice with its facts by name."""
    return Notice(code, tuple(sorted(facts.items())))


@dataclass(frozen=True, slots=True)
class Notices:
    """What was understood, what was assumed, and what needs a person."""

    understood: tuple[Notice, ...] = ()
    assumed: tuple[Notice, ...] = ()
    needs_person: tuple[Notice, ...] = ()

    def __add__(self, other: Notices) -> Notices:
        return Notices(
            self.understood + other.understood,
            self.assumed + other.assumed,
            self.needs_person + other.needs_person,
        )


NOTHING_TO_ADD = Notices()
