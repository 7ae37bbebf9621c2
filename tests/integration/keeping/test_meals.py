"""What the dinners hold about people: told to them, erased with them, and gone when its time is over."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from backend.common.errors import Conflict
from backend.events import clock
from backend.incidents.models import Incident
from backend.keeping.selectors import traces
from backend.keeping.selectors.dossier import dossier_of
from backend.keeping.services import purging
from backend.keeping.web.reading import in_words
from backend.meals.models import (
    ChairOffer,
    CrewAsk,
    CrewHours,
    CrewPlace,
    DoorEntry,
    Evening,
    Guest,
    GuestCall,
    MealPayment,
    MealVolunteer,
    NumberCheck,
    Plate,
    Reservation,
    RideAsked,
    SeatingWish,
    SkippedParty,
    SpeakerPlate,
    StandingSkip,
    Tariff,
    TurnedAway,
)
from backend.meals.selectors.figures import month_of
from backend.people.models import Consent, Organisation, Person
from backend.people.services import consents
from backend.transport.models import RideRequest
from tests.integration.keeping.what_is_left import COORDINATOR, erased, everywhere
from tests.support.restos import TUESDAY, Table, a_regular, a_resto_of, at, crew_places

pytestmark = pytest.mark.django_db

LINE = "+31600002099"


@pytest.fixture
def table(organisation: Organisation) -> Table:
    clock.set_clock(virtual=at("12:00"), rate=0)
    return a_resto_of(organisation)


@pytest.fixture
def fenna(table: Table) -> Person:
    """She ate on Tuesday and helped on Wednesday, both over: whatever can be known of a guest is known of her."""
    fenna, other = table.guest("Fenna"), table.guest("Ada")
    evening = table.evening(state=Evening.State.CLOSED)
    row = ate(fenna, evening, table)
    worked(fenna, table)
    Guest.objects.create(person=fenna, without=["salt"], note="Graag klein, zegt Fenna")
    SeatingWish.objects.create(person=fenna, other=other, kind="with")
    SeatingWish.objects.create(person=other, other=fenna, kind="apart")
    StandingSkip.objects.create(standing=a_regular(evening, fenna), evening=evening, reason="away", at=at("09:00"))
    of_the_evening: dict[str, Any] = {"organisation": table.organisation, "evening": evening, "person": fenna}
    GuestCall.objects.create(
        **of_the_evening,
        reservation=row,
        kind="stayed_away",
        created_at=at("10:00"),
        ended_at=at("11:00"),
        state="done",
    )
    TurnedAway.objects.create(resto=table.resto, evening=evening, person=fenna, reason="full", at=at("10:00"))
    codes: dict[str, Any] = {"organisation": table.organisation, "line": LINE, "code_hash": "x" * 64}
    sent = {"sent_at": at("10:00"), "expires_at": at("10:15"), "ended_at": at("10:15")}
    NumberCheck.objects.create(**codes, **sent, reservation=row, person=fenna)
    return Person.objects.get(pk=fenna.pk)


def ate(fenna: Person, evening: Evening, table: Table) -> Reservation:
    row = Reservation.objects.create(
        evening=evening,
        person=fenna,
        state="reserved",
        covers=2,
        way="telephone",
        party=uuid4(),
        reserved_at=at("09:00"),
        reserved_by="user:9",
        on_behalf_of="haar dochter",
        arrived_at=at("17:40"),
        arrived_covers=2,
        note="Komt met de rollator",
    )
    Plate.objects.create(reservation=row, without=["gluten"], own_plate=True, name="Fenna", note="Coeliakie")
    offer = ChairOffer.objects.create(
        evening=evening,
        reservation=row,
        state="accepted",
        offered_at=at("10:00"),
        deadline_at=at("11:00"),
        ended_at=at("10:30"),
    )
    SkippedParty.objects.create(offer=offer, reservation=row, reason="too_many", details={"covers": 2})
    RideAsked.objects.create(reservation=row, asked={"covers": 2}, asked_at=at("10:00"))
    tariff = Tariff.objects.create(resto=table.resto, name="Gewoon", cents=850)
    MealPayment.objects.create(
        reservation=row, tariff=tariff, covers=2, way="cash", cents=1700, at=at("17:45"), by="user:9"
    )
    DoorEntry.objects.create(key=uuid4(), evening=evening, reservation=row, what="came", at=at("17:40"), by="user:9")
    return row


def worked(fenna: Person, table: Table) -> None:
    evening = table.evening(TUESDAY + timedelta(days=1), state=Evening.State.CLOSED)
    (place,) = crew_places(evening, "cook")
    CrewPlace.objects.filter(pk=place.pk).update(state="confirmed", person=fenna)
    CrewHours.objects.create(
        evening=evening, place=place, person=fenna, job="cook", came_at=at("14:00"), left_at=at("14:30")
    )
    CrewAsk.objects.create(
        place=place,
        person=fenna,
        state="accepted",
        offered_at=at("09:00"),
        deadline_at=at("10:00"),
        ended_at=at("09:30"),
    )
    MealVolunteer.objects.create(organisation=table.organisation, person=fenna, job="cook")


def hold_something_about(person: Person) -> set[str]:
    """Every table of the dinners that points to her."""
    return {
        link.model.__name__
        for link in traces.links_to_people()
        if link.model._meta.app_label == "meals" and link.model._base_manager.filter(**{link.name: person}).exists()
    }


def test_there_is_a_row_of_every_table_of_the_dinners_that_knows_people(fenna: Person) -> None:
    """When this fails there is a new one: make a row of it above, and look how it is told, erased and purged."""
    known = {link.model.__name__ for link in traces.links_to_people() if link.model._meta.app_label == "meals"}
    assert hold_something_about(fenna) == known


def test_she_is_told_what_the_dinners_hold_about_her(fenna: Person) -> None:
    dossier = dossier_of(fenna, clock.now())
    headings = {section["heading"] for section in dossier["sections"]}
    of_dinners = {
        "guest",
        "reservation",
        "standing",
        "crewplace",
        "crewask",
        "crewhours",
        "mealvolunteer",
        "guestcall",
        "turnedaway",
    }
    of_dinners |= {"plates", "mealpayments", "doorentries", "dinnerrides", "chairoffers", "skippedparties"}
    assert of_dinners | {"standingskips", "seatingwish"} <= headings
    words = str(in_words(dossier))
    assert "Coeliakie" in words
    assert "1700" in words


def test_nobody_learns_who_would_rather_not_sit_with_them(fenna: Person) -> None:
    (wishes,) = [one for one in dossier_of(fenna, clock.now())["sections"] if one["heading"].startswith("seatingwish")]
    assert [row["kind"] for row in wishes["rows"]] == ["with"], "hers, and not the one about her"


def test_of_a_guest_who_is_erased_figures_are_left_and_nothing_of_their_food(fenna: Person) -> None:
    erased(fenna)

    assert hold_something_about(fenna) == {"Reservation", "CrewPlace", "CrewHours"}
    row = Reservation.objects.get()
    assert (row.person.name, row.note, row.on_behalf_of, row.party) == ("(gewist)", "", "", None)
    assert (row.covers, row.arrived_covers, MealPayment.objects.get().cents) == (2, 2, 1700)
    assert not Plate.objects.exists()
    assert not RideAsked.objects.exists()
    assert not SeatingWish.objects.exists(), "nor who would rather not sit with her"
    assert SkippedParty.objects.get().details == {}
    assert TurnedAway.objects.get().person is None
    assert everywhere("fenna", "coeliakie", "dochter", "rollator", "gluten", LINE) == []


@pytest.mark.parametrize("state", ["reserved", "waiting", "unconfirmed"])
def test_whoever_has_a_place_at_a_dinner_to_come_is_not_erased(fenna: Person, state: str) -> None:
    Evening.objects.filter(date=TUESDAY).update(state="planned")
    Reservation.objects.update(state=state, holds_until=at("12:15"))
    with pytest.raises(Conflict, match="has a place at a dinner, or waits for one"):
        erased(fenna)
    assert Plate.objects.get().name == "Fenna"
    assert Person.objects.get(pk=fenna.pk).given_name == "Fenna"


def test_whoever_cooks_tonight_is_not_erased(fenna: Person) -> None:
    Evening.objects.exclude(date=TUESDAY).update(state="planned")
    with pytest.raises(Conflict, match="This person helps at a dinner"):
        erased(fenna)
    assert CrewPlace.objects.get().person == fenna
    CrewPlace.objects.update(state="open", person=None)
    erased(fenna)


def test_whoever_is_at_table_is_not_erased_however_late_the_evening_is_closed(fenna: Person) -> None:
    Evening.objects.filter(date=TUESDAY).update(state="open")
    clock.set_clock(virtual=at("20:30") + timedelta(days=2), rate=0)
    with pytest.raises(Conflict, match="has a place at a dinner"):
        erased(fenna)


def test_whoever_stayed_away_and_has_yet_to_be_rung_is_not_erased(fenna: Person) -> None:
    GuestCall.objects.update(state="open", ended_at=None)
    with pytest.raises(Conflict, match="Somebody still has to ring this person about a dinner"):
        erased(fenna)
    assert GuestCall.objects.get().state == "open"


def after(days: int) -> datetime:
    return at("22:00", TUESDAY) + timedelta(days=days)


def removed(days: int) -> dict[str, int]:
    """What a purge so many days after the dinner removes, by kind."""
    return {done.kind: done.rows for done in purging.purge(after(days))}


def agrees(person: Person) -> Consent:
    now = clock.now()
    return consents.give(
        person=person, purpose=Consent.Purpose.DIET, given_at=now, how="call", actor=COORDINATOR, now=now
    )


def test_what_was_told_without_consent_goes_when_the_evening_is_closed(fenna: Person) -> None:
    Evening.objects.filter(date=TUESDAY).update(state="planned")
    assert "plates without consent" not in removed(0), "the kitchen may still look"
    Evening.objects.filter(date=TUESDAY).update(state="closed")
    assert removed(0)["plates without consent"] == 1
    assert not Plate.objects.exists()


def test_what_speakers_did_not_eat_goes_when_the_evening_is_closed_and_not_when_it_is_only_off(fenna: Person) -> None:
    evening = Evening.objects.get(date=TUESDAY)
    SpeakerPlate.objects.create(evening=evening, without=["pork"])
    Evening.objects.filter(pk=evening.pk).update(state="cancelled")
    assert "plates of speakers" not in removed(0), "it may take place after all"
    Evening.objects.filter(pk=evening.pk).update(state="closed")
    assert removed(0)["plates of speakers"] == 1
    assert not SpeakerPlate.objects.exists()


def test_an_evening_that_nobody_closes_keeps_it_for_a_day(fenna: Person) -> None:
    Evening.objects.filter(date=TUESDAY).update(state="open")
    assert "plates without consent" not in removed(0)
    assert removed(1)["plates without consent"] == 1


def test_with_consent_it_is_known_for_a_month_and_after_withdrawing_it_goes_at_once(fenna: Person) -> None:
    consent = agrees(fenna)
    assert not {"plates", "plates without consent", "notes of dinner places"} & removed(29).keys()
    Consent.objects.filter(pk=consent.pk).update(withdrawn_at=after(0))
    assert removed(29)["plates without consent"] == 1


def test_after_a_month_plates_notes_calls_and_the_door_are_gone_and_the_place_is_not(fenna: Person) -> None:
    agrees(fenna)
    found = removed(31)
    kinds = {"plates": 1, "notes of dinner places": 1, "dinner calls": 1, "door entries": 1}
    assert kinds.items() <= found.items()
    assert (Reservation.objects.get().note, MealPayment.objects.count(), Plate.objects.count()) == ("", 1, 0)


def test_who_is_still_to_be_rung_about_a_dinner_stays_on_the_list(fenna: Person) -> None:
    GuestCall.objects.update(state="open", ended_at=None)
    removed(3000)
    assert GuestCall.objects.get().reservation == Reservation.objects.get()


def test_after_two_years_places_crews_and_payments_go_and_the_figures_stay(fenna: Person, table: Table) -> None:
    november = date(2026, 11, 1)
    before = month_of(table.organisation, november)
    assert (before.total["covers"], before.total["people"], before.total["income_cents"]) == (2, 1, 1700)
    removed(735)
    assert Reservation.objects.exists(), "a month goes as a whole"

    found = removed(770)

    kinds = {"dinner payments": 1, "chair offers": 1, "dinner places": 1, "dinner crews": 1, "dinners told no": 1}
    kinds |= {"dinner hours": 1}
    assert kinds.items() <= found.items()
    left = [Reservation, MealPayment, ChairOffer, SkippedParty, RideAsked, CrewPlace, CrewAsk, TurnedAway, StandingSkip]
    left += [CrewHours]
    assert [model.__name__ for model in left if model.objects.exists()] == []
    assert month_of(table.organisation, november) == before
    assert removed(770) == {}, "a second run finds nothing"


def test_an_evening_of_which_a_case_is_open_outlives_everything(fenna: Person, table: Table) -> None:
    evening = Evening.objects.get(date=TUESDAY)
    Incident.objects.create(
        organisation=table.organisation,
        kind=Incident.Kind.EVENING,
        cause="evening:1:no_crew",
        policy={},
        source_kind="evening",
        source_id=evening.pk,
        source_label="De Lange Tafel",
        opened_at=clock.now(),
    )
    removed(3000)
    assert (Reservation.objects.count(), MealPayment.objects.count()) == (1, 1)


def test_what_another_programme_asked_of_the_bus_goes_with_its_trips(table: Table) -> None:
    RideRequest.objects.create(organisation=table.organisation, reference="reservation:1", number=1, at=at("09:00"))
    assert "bus rides asked for" not in removed(700)
    assert removed(770)["bus rides asked for"] == 1
