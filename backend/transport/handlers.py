"""What the bus does when a timer comes, when somebody is on the line, and when something happened elsewhere."""

from datetime import datetime

from backend.common.actors import Actor
from backend.events import clock
from backend.events.models import Event, Lane
from backend.events.registry import on_event, on_timer
from backend.notifications.domain.prompts import Heard, Prompt
from backend.notifications.hosts import QuietHost
from backend.notifications.models import Attempt, Message
from backend.notifications.registry import (
    register_catalogue,
    register_host,
    register_menu_entry,
    register_questions,
    register_templates,
    register_text_rule,
)
from backend.notifications.services.crew_texts import register_crew as answers_by_text
from backend.people import ties as people_ties
from backend.people.services.absences import ABSENCE_RECORDED
from backend.people.services.aids import AIDS_CHANGED
from backend.people.services.homes import HOME_CHANGED
from backend.people.services.papers import PAPER_SEEN
from backend.people.services.riding import RIDE_LIMIT_CHANGED
from backend.transport import evening_words, menu_words, offer_words, ride_handlers, texts, words_disruption
from backend.transport.models import CallTask, Disruption, Trip
from backend.transport.selectors.ties import ties
from backend.transport.services import (
    asking,
    changed_aids,
    crew,
    crew_answers,
    crew_asking,
    crew_calls,
    crew_people,
    crew_watch,
    disruption,
    disruption_calls,
    evening,
    hindrance,
    menu,
    moved_homes,
    moved_places,
    not_there,
    offer_messages,
    offers,
    texting,
    trips,
    watching,
)
from backend.transport.services.fleet import VEHICLE_CHANGED
from backend.transport.services.programme import DESTINATION_SAVED


class TripHost(QuietHost):
    """Conversations about a trip. The subject is the trip."""

    def lock(self, subject_id: int) -> None:
        Trip.objects.select_for_update(of=("self",)).get(pk=subject_id)


class DisruptionHost(TripHost):
    """Tells people that their trip does not go as promised."""

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
        return disruption_calls.converse(attempt, heard, now)

    def ended(self, message: Message, attempt: Attempt | None, now: datetime) -> None:  # noqa: ARG002 -- as hosts do
        disruption_calls.ended(message, now)


class EveningHost(TripHost):
    """Asks passengers, on the evening before, whether they come along."""

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
        return asking.ask_evening(attempt, heard, now)


class OfferHost(TripHost):
    """Offers a free seat to who waits."""

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
        return asking.ask_offer(attempt, heard, now)

    def ended(self, message: Message, attempt: Attempt | None, now: datetime) -> None:  # noqa: ARG002 -- as hosts do
        offer_messages.once_more(trips.locked(message.subject_id), message, now)


def booked(event: Event) -> None:
    """Whoever is booked is asked on the evening before, and not about a free seat any more."""
    evening.arm(event.subject_id, clock.now())
    offers.seated(event.subject_id, event.payload["booking"], clock.now())


def gave_up_a_place(event: Event) -> None:
    """A place that was given up goes to who waits."""
    offers.freed(event.subject_id, clock.now())


def has_room_perhaps(event: Event) -> None:
    """The list has changed, or the trip: who waits may fit now."""
    offers.look_soon(event.subject_id, clock.now())


def planned_anew(event: Event) -> None:
    """Whoever said yes to times that do not hold any more is asked again."""
    evening.ask_whom_it_concerns(event.subject_id, clock.now())


def register_asking() -> None:
    """The evening before, and the waiting list."""
    register_catalogue("transport.evening", evening_words.WORDS.languages)
    register_catalogue("transport.offer", offer_words.WORDS.languages)
    register_catalogue("transport.menu", menu_words.WORDS.languages)
    register_menu_entry(menu.ENTRY)
    register_templates(*texts.TEMPLATES)
    register_host(evening.HOST, EveningHost())
    register_host(offer_messages.HOST, OfferHost())
    on_timer(evening.TIMER, evening.look)
    on_timer(offers.TIMER, offers.look)
    register_questions(texting.NAME, texting.questions, texting.too_late)
    on_event("transport.booked", "transport.arm_evening", booked, lane=Lane.NOTICE)
    on_event("transport.cancelled", "transport.offer_seat", gave_up_a_place, lane=Lane.NOTICE)
    on_event("transport.replanned", "transport.ask_again", planned_anew, lane=Lane.NOTICE)
    for kind in ("waiting", "replanned", "trip_cancelled"):
        on_event(f"transport.{kind}", "transport.look_at_list", has_room_perhaps, lane=Lane.NOTICE)


class CrewHost(TripHost):
    """Asks drivers and hosts."""

    def converse(self, attempt: Attempt, heard: Heard, now: datetime) -> Prompt:
        return crew_calls.converse(attempt, heard, now)

    def ended(self, message: Message, attempt: Attempt | None, now: datetime) -> None:
        if "offer" in message.reference:
            crew_asking.ring_again(message, attempt, now)


def crew_concerned(event: Event) -> None:
    """A trip is off, on again, or at another time: its crew is told, or sought."""
    crew.look_soon(event.subject_id, clock.now())


def volunteer_is_away(event: Event) -> None:
    """Somebody is away: on the trips on which they are crew, others are asked."""
    crew_people.look_at_trips_of(event.subject_id, clock.now())


def paper_seen(event: Event) -> None:
    """Somebody may drive or host now: trips that still need somebody are looked at, and their own as well."""
    crew_people.look_at_trips_of(event.subject_id, clock.now())
    if event.organisation_id is not None:
        crew_people.look_at_gaps(event.organisation_id, clock.now())


def register_crew() -> None:
    """Drivers and hosts: asked, confirmed, replaced."""
    register_host(crew_asking.HOST, CrewHost())
    on_timer(crew.TIMER, crew_watch.look)
    answers_by_text(crew_answers.VOLUNTEERS)
    for kind in ("trip_cancelled", "trip_restored", "trip_changed"):
        on_event(f"transport.{kind}", "transport.crew_concerned", crew_concerned, lane=Lane.LIVE)
    on_event(ABSENCE_RECORDED, "transport.crew_away", volunteer_is_away, lane=Lane.NOTICE)
    on_event(PAPER_SEEN, "transport.crew_paper", paper_seen, lane=Lane.NOTICE)


def trip_cancelled(event: Event) -> None:
    """A trip was taken out of the programme: whoever had a place is told."""
    actor = Actor(who=event.actor, channel="system")
    cause = disruption.Cause(Disruption.Kind.OTHER, actor, clock.now())
    disruption.tell_of_cancelled(event.subject_id, event.payload.get("bookings", []), cause)


def call_finished(event: Event) -> None:
    """Somebody was rung about a trip that went wrong."""
    if event.payload.get("call") == CallTask.Kind.DISRUPTED:
        actor = Actor(who=event.actor, channel="page")
        disruption_calls.rung_from_the_list(event.subject_id, event.payload["task"], actor=actor, now=clock.now())


def cancelled(event: Event) -> None:
    """Somebody does not come along: news about the trip does not concern them any more."""
    disruption_calls.gave_up(event.subject_id, event.payload.get("booking", 0), clock.now())


def has_a_place(event: Event) -> None:
    """Somebody is booked: that a restored trip had no place for them is old news."""
    disruption_calls.booked_anew(event.subject_id, event.payload["booking"], clock.now())


def home_changed(event: Event) -> None:
    """Somebody's door was found, or they moved: the bus drives there, also on trips that are booked already."""
    moved_homes.follow(event.subject_id, clock.now())


def door_of_who_is_booked(event: Event) -> None:
    """Their door may have been found elsewhere while they were being booked."""
    moved_homes.follow_booked(event.payload["booking"], clock.now())


def aids_changed(event: Event) -> None:
    """Somebody takes more or less of the bus, also on trips that are booked already."""
    changed_aids.follow(event.subject_id, clock.now())


def ride_limit_changed(event: Event) -> None:
    """Somebody may sit in the bus for a longer or a shorter time, also on trips that are booked already."""
    changed_aids.follow_limit(event.subject_id, clock.now())


def aids_of_who_is_booked(event: Event) -> None:
    """Their aids and their longest ride may have been noted while they were being booked."""
    changed_aids.follow_booked(event.payload["booking"], clock.now())


def destination_saved(event: Event) -> None:
    """The bus drives to another place than was planned."""
    if event.payload.get("moved"):
        moved_places.follow_destination(event.subject_id, clock.now())


def vehicle_changed(event: Event) -> None:
    """The bus begins elsewhere than was planned, or may not be driven on the day of a trip."""
    for trip_id in hindrance.trips_of(event.subject_id, clock.now()):
        crew.look_soon(trip_id, clock.now())
    if event.payload.get("moved"):
        moved_places.follow_garage(event.subject_id, clock.now())


def register_programme() -> None:
    """What planners change that people have booked on."""
    on_event(DESTINATION_SAVED, "transport.follow_destination", destination_saved, lane=Lane.NOTICE)
    on_event(VEHICLE_CHANGED, "transport.follow_garage", vehicle_changed, lane=Lane.NOTICE)


def register() -> None:
    """Called once, when the app is ready."""
    on_event("transport.booked", "transport.door_of_who_is_booked", door_of_who_is_booked, lane=Lane.NOTICE)
    on_event("transport.booked", "transport.aids_of_who_is_booked", aids_of_who_is_booked, lane=Lane.NOTICE)
    on_event(AIDS_CHANGED, "transport.follow_aids", aids_changed, lane=Lane.NOTICE)
    on_event(RIDE_LIMIT_CHANGED, "transport.follow_ride_limit", ride_limit_changed, lane=Lane.NOTICE)
    on_event(HOME_CHANGED, "transport.follow_home", home_changed, lane=Lane.NOTICE)
    register_host(disruption_calls.HOST, DisruptionHost())
    register_catalogue("transport.disruption", words_disruption.WORDS.languages)
    on_timer(disruption_calls.TIMER, disruption_calls.look)
    register_text_rule(disruption_calls.HOST, disruption_calls.answer_by_text, order=disruption_calls.ORDER)
    on_event("transport.trip_cancelled", "transport.tell_of_cancelled", trip_cancelled, lane=Lane.LIVE)
    on_event("transport.call_finished", "transport.told_by_a_person", call_finished, lane=Lane.LIVE)
    on_event("transport.cancelled", "transport.nothing_to_tell", cancelled, lane=Lane.LIVE)
    on_event("transport.booked", "transport.has_a_place", has_a_place, lane=Lane.LIVE)
    on_timer(watching.TIMER, watching.look)
    on_timer(not_there.TIMER, not_there.look)
    register_asking()
    register_crew()
    register_programme()
    people_ties.register("transport", ties)
    ride_handlers.register()
