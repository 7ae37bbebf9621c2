"""Who may come in at the addresses of the dinners, and what they name: an evening for which Halil has reserved."""

from typing import Any

from django.core import signing

from backend.events import clock
from backend.meals.models import CrewPlace, DiningTable, Evening, GuestCall, Job, MealVolunteer, Tariff
from backend.meals.services.guest_calls import to_make
from backend.people.models import Organisation, Person, Role
from backend.people.services import duty_links, registering
from tests.integration.web.door_rules import Asker, Expected, link_changes, link_does, link_reads
from tests.support import restos

MANAGERS = {Role.Kind.COORDINATOR, Role.Kind.RESTO_MANAGER}


def managers_read(asker: Asker, method: str) -> set[int]:
    """About whatever organisation the asker runs dinners for, to read."""
    if asker.user is None:
        return {302}
    if method == "POST":
        return {405}
    return {200} if asker.role in MANAGERS else {403}


def managers_fill_in(asker: Asker, method: str) -> set[int]:
    """A form about whatever organisation the asker runs dinners for."""
    if asker.user is None:
        return {302}
    if asker.role not in MANAGERS:
        return {403}
    return {200} if method == "GET" else {302, 422}


def manager_of_it_reads(asker: Asker, method: str) -> set[int]:
    """Something of one organisation's dinners, to read."""
    if asker.user is None:
        return {302}
    if method == "POST":
        return {405}
    return {200} if asker.is_ours and asker.role in MANAGERS else {404}


def manager_of_it_fills_in(asker: Asker, method: str) -> set[int]:
    """A form about something of one organisation's dinners."""
    if asker.user is None:
        return {302}
    if not (asker.is_ours and asker.role in MANAGERS):
        return {404}
    return {200} if method == "GET" else {302, 422}


def manager_of_it_does(asker: Asker, method: str) -> set[int]:
    """A button, or a form on a page, about something of one organisation's dinners."""
    if asker.user is None:
        return {302}
    if method == "GET":
        return {405}
    return {302, 409, 422} if asker.is_ours and asker.role in MANAGERS else {404}


def figures_are_read(asker: Asker, method: str) -> set[int]:
    """Counts of the asker's own organisation."""
    if asker.user is None:
        return {302}
    if method == "POST":
        return {405}
    return {200} if asker.role in {*MANAGERS, Role.Kind.READER} else {403}


def manager_of_it_submits(asker: Asker, method: str) -> set[int]:
    """The same, which says about whom or what: an empty form is refused in words."""
    expected = manager_of_it_does(asker, method)
    return {400, 404} if expected == {302, 409, 422} else expected


def desk_reads(asker: Asker, method: str) -> set[int]:
    """The desk of the dinners, to read: also for who hosts one that is to come."""
    if asker.hosts_dinner:
        return {405} if method == "POST" else {200}
    return managers_read(asker, method)


def desk_fills_in(asker: Asker, method: str) -> set[int]:
    """A form of the desk."""
    if asker.hosts_dinner:
        return {200} if method == "GET" else {302, 422}
    return managers_fill_in(asker, method)


def desk_of_it_reads(asker: Asker, method: str) -> set[int]:
    """Something of one organisation's desk, to read."""
    return desk_reads(asker, method) if asker.hosts_dinner else manager_of_it_reads(asker, method)


def desk_of_it_fills_in(asker: Asker, method: str) -> set[int]:
    """A form about something of one organisation's desk."""
    return desk_fills_in(asker, method) if asker.hosts_dinner else manager_of_it_fills_in(asker, method)


ADDRESSES: dict[str, Expected] = {
    "resto-figures": figures_are_read,
    "resto-figures-download": figures_are_read,
    "resto-overview": managers_read,
    "resto-evening": manager_of_it_reads,
    "resto-places": manager_of_it_reads,
    "resto-place-new": manager_of_it_fills_in,
    "resto-settings": manager_of_it_fills_in,
    "resto-place": manager_of_it_reads,
    "resto-place-change": manager_of_it_fills_in,
    "resto-place-add": manager_of_it_does,
    "resto-room": manager_of_it_fills_in,
    "resto-table": manager_of_it_fills_in,
    "resto-table-remove": manager_of_it_fills_in,
    "resto-tariff": manager_of_it_fills_in,
    "resto-series-new": manager_of_it_fills_in,
    "resto-series": manager_of_it_reads,
    "resto-series-change": manager_of_it_fills_in,
    "resto-series-close": manager_of_it_does,
    "resto-exception-drop": manager_of_it_does,
    "resto-evening-new": manager_of_it_fills_in,
    "resto-evening-change": manager_of_it_fills_in,
    "resto-evening-cancel": manager_of_it_fills_in,
    "resto-menu": manager_of_it_fills_in,
    "resto-calls": managers_read,
    "resto-call-finish": manager_of_it_submits,
    "resto-reserve": desk_reads,
    "resto-reserve-new": desk_fills_in,
    "resto-reserve-person": desk_of_it_fills_in,
    "resto-reservation": desk_of_it_reads,
    "resto-reservation-change": desk_of_it_fills_in,
    "resto-reservation-cancel": desk_of_it_fills_in,
    "resto-waiting": manager_of_it_reads,
    "resto-waiting-seat": manager_of_it_does,
    "resto-waiting-off": manager_of_it_fills_in,
    "resto-kitchen": manager_of_it_reads,
    "resto-kitchen-pdf": manager_of_it_reads,
    "resto-kitchen-do": manager_of_it_does,
    "resto-roster": manager_of_it_reads,
    "resto-roster-print": manager_of_it_reads,
    "resto-crew": manager_of_it_reads,
    "resto-crew-new": manager_of_it_fills_in,
    "resto-crew-welcome": manager_of_it_does,
    "resto-crew-evenings": manager_of_it_does,
    "resto-crew-settings": manager_of_it_fills_in,
    "resto-crew-member": manager_of_it_reads,
    "resto-crew-change": manager_of_it_does,
    "resto-job": manager_of_it_reads,
    "resto-job-act": manager_of_it_does,
    "resto-evening-crew": manager_of_it_reads,
    "resto-evening-crew-more": manager_of_it_does,
    "resto-own": link_reads,
    "resto-own-open": link_does,
    "resto-own-act": link_changes,
    "resto-own-say": link_changes,
    "resto-own-calendar": link_reads,
    "crew-kitchen": link_reads,
    "crew-kitchen-open": link_does,
    "crew-kitchen-pdf": link_reads,
    "crew-kitchen-do": link_does,
    "resto-guest": manager_of_it_reads,
    "resto-guest-consent": manager_of_it_fills_in,
    "resto-guest-withdraw": manager_of_it_fills_in,
    "resto-guest-change": manager_of_it_does,
    "resto-wish-drop": manager_of_it_does,
    "resto-standing": manager_of_it_does,
}


def a_dinner(organisation: Organisation, halil: Person) -> Evening:
    """Tomorrow's evening."""
    table = restos.a_resto_of(organisation)
    table.people["Halil"] = halil
    evening = table.evening()
    row = table.reserves(evening, "Halil", restos.at("09:00", restos.MONDAY))
    to_make(evening, row, GuestCall.Kind.SPEAK, restos.at("09:00", restos.MONDAY))
    table.series()
    Tariff.objects.create(resto=table.resto, name="Gewoon", cents=750)
    cook = registering.register_person(
        organisation=organisation, given_name="Kees", family_name="Visser", phones=("+31600000390",)
    )
    CrewPlace.objects.create(evening=evening, job=Job.COOK, state=CrewPlace.State.CONFIRMED, person=cook)
    return evening


def named(organisation: Organisation) -> dict[str, dict[str, Any]]:
    """What each beginning of a name needs; the more particular ones stand in front."""
    dinner = Evening.objects.get(resto__organisation=organisation, date=restos.TUESDAY)
    evening, row = {"pk": dinner.pk}, dinner.reservations.earliest("pk")
    cook = dinner.crew.get(job=Job.COOK).person
    assert cook is not None
    MealVolunteer.objects.get_or_create(organisation=organisation, person=cook, job=Job.COOK)
    place, of_organisation = {"pk": dinner.crew.get(job=Job.COOK).pk}, {"pk": organisation.pk}
    own = {"token": duty_links.make(cook, clock.now(), page="resto/d").split("/")[-2]}
    link = {"token": duty_links.make(cook, clock.now()).split("/")[-2], **evening}
    resto, series = {"pk": dinner.resto_id}, dinner.resto.series.earliest("pk")
    return {
        "resto-figures-download": {"kind": "csv"},
        "resto-figures": {},
        "resto-roster": of_organisation,
        "resto-crew-member": {"pk": cook.pk},
        "resto-crew-change": {"pk": cook.pk, "what": "link"},
        "resto-crew": of_organisation,
        "resto-job-act": {**place, "what": "ask"},
        "resto-job": place,
        "resto-own-calendar": {"signed": signing.dumps(cook.pk, salt="meals.crew.calendar")},
        "resto-own-say": {**own, **evening, "job": "cannot"},
        "resto-own-act": {**own, **place, "what": "yes"},
        "resto-own": own,
        "resto-kitchen-do": {**evening, "what": "pots-on"},
        "resto-kitchen": evening,
        "crew-kitchen-do": {**link, "what": "seen"},
        "crew-kitchen": link,
        "resto-overview": {},
        "resto-places": {"pk": organisation.pk},
        "resto-settings": {"pk": organisation.pk},
        "resto-place-new": {"pk": organisation.pk},
        "resto-place-add": {**resto, "what": "tariff"},
        "resto-place": resto,
        "resto-table": {"pk": DiningTable.objects.filter(room__resto=dinner.resto).latest("pk").pk},
        "resto-room": {"pk": dinner.resto.rooms.earliest("pk").pk},
        "resto-tariff": {"pk": dinner.resto.tariffs.get().pk},
        "resto-series-new": resto,
        "resto-series": {"pk": series.pk},
        "resto-exception-drop": {"pk": series.exceptions.get_or_create(date=restos.MONDAY)[0].pk},
        "resto-evening-new": resto,
        "resto-menu": evening,
        "resto-call-finish": {"pk": dinner.calls.get().pk},
        "resto-reserve-person": {"pk": row.person_id},
        "resto-reservation": {"pk": row.pk},
        "resto-guest-consent": {"pk": row.person_id, "what": "diet"},
        "resto-guest-withdraw": {"pk": row.person_id, "what": "diet"},
        "resto-guest-change": {"pk": row.person_id, "what": "diet"},
        "resto-guest": {"pk": row.person_id},
        "resto-wish-drop": {"pk": restos.a_wish(row.person).pk},
        "resto-standing": {"pk": restos.a_regular(dinner, row.person).pk, "what": "end"},
        "resto-evening": evening,
        "resto-waiting-": {"pk": row.pk},
        "resto-waiting": evening,
    }
