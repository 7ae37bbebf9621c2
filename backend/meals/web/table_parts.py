"""What the page of the table plan shows."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.meals.domain.room_drawing import Placed, draw
from backend.meals.domain.seating import Plan, Seat, Why
from backend.meals.domain.seating_check import Finding, Problem, check
from backend.meals.models import DiningTable, Room
from backend.meals.selectors.seating import SPEAKERS, SeatedRoom, Sitter
from backend.meals.web.readers import Reader

SIDES = {
    "": gettext_lazy("not known, or of no matter"),
    Room.Side.TOP.value: gettext_lazy("in the upper wall"),
    Room.Side.RIGHT.value: gettext_lazy("in the right wall"),
    Room.Side.BOTTOM.value: gettext_lazy("in the lower wall"),
    Room.Side.LEFT.value: gettext_lazy("in the left wall"),
}

BUTTONS = ("plan", "move", "let-go", "near-door", "door")


def shown(found: SeatedRoom, reader: Reader) -> dict[str, Any]:
    """The rooms with their drawings and lists, who has no chair, and what is wrong, in words."""
    plan = found.plan()
    tables = [_table(found, plan, table) for table in found.tables]
    rooms = [
        {"room": room, "tables": rows, "drawing": draw([_placed(found, plan, row["table"]) for row in rows])}
        for room, rows in ((room, list(rows)) for room, rows in groupby(tables, key=lambda row: row["table"].room))
    ]
    return {
        "rooms": rooms,
        "standing": _standing(found, plan),
        "findings": [_in_words(found, one) for one in check(found.room, plan) if _is_told(one, plan)],
        "gone": [(_name(one), one.table_gone) for one in found.sitters if one.table_gone],
        "sitters": [(one, _label(found, one)) for one in found.sitters],
        "tables": [(row["table"], row["label"]) for row in tables],
        "act": {what.replace("-", "_"): reader.address("tables-do", what=what) for what in BUTTONS},
        "here": reader.address("tables"),
        "sides": list(SIDES.items()),
        "may_change": reader.evening.state in ("planned", "open"),
    }


def _is_told(one: Finding, plan: Plan) -> bool:
    """What is not in the list of who has no table already."""
    if one.problem is Problem.DIVIDED:
        return any(seat.party in one.parties for seat in plan.seats)
    return one.problem in (Problem.TOO_MANY, Problem.APART)


def _table(found: SeatedRoom, plan: Plan, table: DiningTable) -> dict[str, Any]:
    sitting = [
        {"sitter": one, "people": seat.people, "signs": _signs(one), "name": _name(one)}
        for one, seat in _at(found, plan, table)
    ]
    taken = sum(seat.people for _one, seat in _at(found, plan, table))
    label = _("%(name)s: %(taken)s of %(chairs)s chairs")
    return {
        "table": table,
        "sitting": sitting,
        "label": label % {"name": table.name, "taken": taken, "chairs": table.chairs},
    }


def _at(found: SeatedRoom, plan: Plan, table: DiningTable) -> list[tuple[Sitter, Seat]]:
    known = {one.key: one for one in found.sitters}
    return [(known[seat.party], seat) for seat in plan.seats if seat.table == table.pk]


def _placed(found: SeatedRoom, plan: Plan, table: DiningTable) -> Placed:
    sitting = [
        (one.key, _given(one) if number == 0 else "")
        for one, seat in _at(found, plan, table)
        for number in range(seat.people)
    ]
    return Placed(table.pk, table.name, table.x, table.y, table.chairs, tuple(sitting))


def _given(one: Sitter) -> str:
    """A given name, with a mark for newcomers (N) and hosts (H): the legend says what they mean."""
    mark = _("N") if one.party.is_new else _("H") if one.party.is_host else ""
    name = one.given_name or _("Speaks")
    return f"{mark} {name}".strip() if mark else name


def _name(one: Sitter) -> str:
    return one.name or _("Who speak")


def _label(found: SeatedRoom, one: Sitter) -> str:
    """Who it is, how many, and where they sit: for a list to choose from."""
    table = next((table.name for table in found.tables if table.pk == one.table), None)
    where = _("table %(name)s") % {"name": table} if table else _("no table")
    people = f" ({one.party.people})" if one.party.people > 1 else ""
    return f"{_name(one)}{people}, {where}"


def _signs(one: Sitter) -> list[str]:
    signs = [_("newcomer")] if one.party.is_new else []
    signs += [_("host")] if one.party.is_host else [_("crew")] if one.party.is_crew else []
    signs += [_("speaks")] if one.key == SPEAKERS else []
    signs += [_("is here")] if one.is_here else []
    signs += [_("near the door")] if one.party.near_door else []
    signs += [_("stays at this table")] if one.by_hand else []
    return signs + ([_("the rest of them sit elsewhere")] if one.divided else [])


def _standing(found: SeatedRoom, plan: Plan) -> list[tuple[Sitter, str]]:
    """Who has no chair, and why as far as can be seen from who sits where; those of one reason together."""
    known = {one.key: one for one in found.sitters}
    free = {table.pk: table.chairs - found.taken(table.pk) for table in found.tables}
    found_why = []
    for one in plan.standing:
        sitter = known[one.party]
        beside = {seat.party for seat in plan.seats if free.get(seat.table, 0) >= one.people}
        blocked = [other for other in beside if frozenset((other, one.party)) in found.room.apart]
        open_tables = [pk for pk, chairs in free.items() if chairs >= one.people]
        kept_away = [pk for pk in open_tables if any(seat.table == pk and seat.party in blocked for seat in plan.seats)]
        why = Why.APART if open_tables and len(kept_away) == len(open_tables) else Why.CHAIRS
        found_why.append((sitter, _why(why, is_room=len(open_tables) > len(kept_away))))
    return sorted(found_why, key=lambda one: one[1])


def _why(why: Why, *, is_room: bool) -> str:
    if is_room:
        return _("There is a table with room: plan, or choose one.")
    if why is Why.APART:
        return _("There are chairs, but only beside somebody with whom one of them would rather not sit.")
    return _("No table has so many free chairs.")


def _in_words(found: SeatedRoom, one: Finding) -> str:
    names = ", ".join(_names(found, one.parties))
    table = next((table.name for table in found.tables if table.pk == one.table), "")
    said = {
        Problem.TOO_MANY: _("Table %(table)s has more people than chairs: %(names)s."),
        Problem.APART: _("At table %(table)s sit people who would rather not sit together: %(names)s."),
        Problem.DIVIDED: _("%(names)s: divided over tables, though they fit together at table %(table)s."),
    }
    return said[one.problem] % {"table": table, "names": names}


def _names(found: SeatedRoom, keys: Iterable[str]) -> list[str]:
    known = {one.key: _name(one) for one in found.sitters}
    return [known[key] for key in keys if key in known]
