"""What somebody needs to travel: the door, its note and aids, kept by a planner while the caller is on the line."""

import pytest
from django.test import Client

from backend.events import clock
from backend.people.models import Aid, Consent, Home, Organisation, Person, Role
from backend.people.services import registering
from tests.integration.web.mornings import a_user


@pytest.fixture
def dina(organisation: Organisation) -> Person:
    dina = registering.register_person(
        organisation=organisation,
        given_name="Dina",
        family_name="Vos",
        phones=["+31130001470"],
        address="Lindelaan 3",
        postcode="5041 AB",
        place="Tilburg",
    )
    Home.objects.create(
        person=dina,
        latitude=51.56,
        longitude=5.07,
        source=Home.Source.MAP,
        confirmed_at=clock.now(),
        confirmed_by="user:1",
    )
    return dina


def posted(planner: Client, person: Person, **changed: object):
    fields = {"address": "Lindelaan 3", "postcode": "5041 AB", "place_name": "Tilburg", "door_note": "", **changed}
    return planner.post(f"/people/{person.pk}/travel/", fields, follow=True)


def agrees(planner: Client, person: Person):
    fields = {"agreed": "on", "how": "call", "day": "2026-11-23", "on_behalf_by": ""}
    return planner.post(f"/people/{person.pk}/travel/consent/", fields, follow=True)


def test_a_note_is_kept_and_the_door_stays_confirmed(planner: Client, dina: Person) -> None:
    page = posted(planner, dina, door_note="Achterom, hard bellen").content.decode()
    assert "Wat Dina Vos nodig heeft om te reizen, is bewaard." in page
    assert 'value="Achterom, hard bellen"' in page
    home = Home.objects.get()
    assert (home.door_note, home.confirmed_by) == ("Achterom, hard bellen", "user:1")


def test_a_longest_ride_is_agreed_kept_when_they_move_and_taken_back(planner: Client, dina: Person) -> None:
    page = posted(planner, dina, max_ride_minutes="30").content.decode()
    assert 'name="max_ride_minutes" value="30"' in page
    posted(planner, dina, max_ride_minutes="30", address="Eslaan 3")
    dina.refresh_from_db()
    assert (dina.address, dina.max_ride_minutes) == ("Eslaan 3", 30)
    refused = posted(planner, dina, max_ride_minutes="300", address="Eslaan 4")
    assert refused.status_code == 422
    assert "De langste rit is een aantal minuten tussen 5 en 180." in refused.content.decode()
    posted(planner, dina, max_ride_minutes="")
    dina.refresh_from_db()
    assert dina.max_ride_minutes is None


def test_aids_are_not_even_asked_for_before_the_words_were_read_out(planner: Client, dina: Person) -> None:
    page = planner.get(f"/people/{dina.pk}/travel/").content.decode()
    assert "Lees de woorden voor en leg de toestemming vast" in page
    assert "Rollator" not in page and "rollator" not in page
    posted(planner, dina, aids=["rollator"])
    assert not Aid.objects.exists(), "whatever a browser sends"


def test_with_consent_they_are_kept_and_when_it_is_withdrawn_they_go(planner: Client, dina: Person) -> None:
    words = planner.get(f"/people/{dina.pk}/travel/consent/").content.decode()
    assert "Welzijn Oost mag bewaren welke hulpmiddelen ik gebruik" in words
    assert "De toestemming van Dina Vos is vastgelegd." in agrees(planner, dina).content.decode()
    given = Consent.objects.get()
    assert (given.purpose, given.channel, given.recorded_by[:5]) == ("aids", "call", "user:")

    page = posted(planner, dina, aids=["rollator", "stick"]).content.decode()
    assert set(Aid.objects.values_list("kind", flat=True)) == {"rollator", "stick"}
    assert page.count("checked") == 2

    asked = planner.get(f"/people/{dina.pk}/travel/withdraw/").content.decode()
    assert "De hulpmiddelen van Dina Vos worden meteen gewist." in asked
    assert Aid.objects.exists(), "asked first"
    planner.post(f"/people/{dina.pk}/travel/withdraw/")
    assert not Aid.objects.exists()
    assert Consent.objects.get().withdrawn_at is not None


def test_another_address_takes_the_door_off_the_map_and_the_rest_stays_typed(planner: Client, dina: Person) -> None:
    refused = posted(planner, dina, address="Beukstraat 7", postcode="9999 ZZ", door_note="Naast de kerk")
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Zet eerst het huis op de kaart" in page
    assert 'value="Naast de kerk"' in page and 'value="Beukstraat 7"' in page
    assert Person.objects.get(pk=dina.pk).address == "Lindelaan 3", "all of it or nothing"

    posted(planner, dina, address="Beukstraat 7", postcode="9999 ZZ")
    assert Person.objects.get(pk=dina.pk).address == "Beukstraat 7"
    assert not Home.objects.exists()


def test_a_known_address_is_not_emptied(planner: Client, dina: Person) -> None:
    refused = posted(planner, dina, address=" ")
    assert refused.status_code == 422
    assert "Geef de straat en het huisnummer." in refused.content.decode()


def test_a_volunteer_of_a_circle_does_not_see_aids(client: Client, dina: Person) -> None:
    client.force_login(a_user("vera", dina.organisation, Role.Kind.CIRCLE_VOLUNTEER))
    assert client.get(f"/people/{dina.pk}/travel/").status_code == 404
