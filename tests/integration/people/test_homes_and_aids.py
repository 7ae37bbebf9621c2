"""Where somebody lives, what they need to get about, and which papers of theirs were seen."""

from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from backend.common.actors import user
from backend.common.errors import RondjeError
from backend.events.models import Event
from backend.people.models import Aid, Consent, Home, Paper, Person, PostcodePlace
from backend.people.selectors import aids_of
from backend.people.services import aids, consents, homes, papers, registering

pytestmark = pytest.mark.django_db

PLANNER = user(4)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def dina() -> Person:
    organisation = registering.register_organisation(
        slug="oost", name="Welzijn Oost", phone="+31130009000", duty_phone="+31130009001"
    )
    return registering.register_person(
        organisation=organisation,
        given_name="Dina",
        family_name="Vos",
        phones=["+31130001470"],
        address="Lindelaan 3",
        postcode="5041 AB",
        place="Tilburg",
    )


def where(person: Person) -> tuple[float, float, str, str] | None:
    home = Home.objects.filter(person=person).first()
    return (home.latitude, home.longitude, home.source, home.confirmed_by) if home else None


def test_a_home_starts_in_the_middle_of_its_postcode_and_a_person_confirms_it(dina: Person) -> None:
    assert homes.start_from_postcode(dina, actor=PLANNER, now=NOW) is None, "nobody knows where 5041 AB is yet"
    PostcodePlace.objects.create(postcode="5041", latitude=51.56, longitude=5.07)
    homes.start_from_postcode(dina, actor=PLANNER, now=NOW)
    assert where(dina) == (51.56, 5.07, "postcode", "")
    PostcodePlace.objects.create(postcode="5041AB", latitude=51.5605, longitude=5.0701)
    homes.start_from_postcode(dina, actor=PLANNER, now=NOW)
    assert where(dina) == (51.56, 5.07, "postcode", ""), "it has a start already"

    homes.confirm(dina, latitude=51.5611, longitude=5.0709, actor=PLANNER, now=NOW)

    assert where(dina) == (51.5611, 5.0709, "map", "user:4")
    homes.place(dina, latitude=52, longitude=6, source=Home.Source.IMPORTED, actor=PLANNER, now=NOW)
    assert where(dina) == (51.5611, 5.0709, "map", "user:4"), "no import knows better than who looked"
    told = Event.objects.filter(kind="people.home_changed").order_by("pk").values_list("payload__what", flat=True)
    assert list(told) == ["placed", "confirmed"]


@pytest.mark.parametrize("latitude", [91, float("nan")])
def test_a_place_off_the_earth_is_refused(dina: Person, latitude: float) -> None:
    with pytest.raises(RondjeError, match="no place on earth"):
        homes.confirm(dina, latitude=latitude, longitude=5, actor=PLANNER, now=NOW)
    assert where(dina) is None


def test_whoever_moves_house_is_not_fetched_at_the_old_door(dina: Person) -> None:
    PostcodePlace.objects.create(postcode="5042", latitude=51.58, longitude=5.09)
    homes.confirm(dina, latitude=51.5611, longitude=5.0709, actor=PLANNER, now=NOW)
    homes.set_door_note(dina, "Achterom, hard bellen", actor=PLANNER, now=NOW)

    same = {"address": "LINDELAAN 3", "postcode": "5041ab", "place_name": "Tilburg (Oost)"}
    homes.move_house(dina, **same, actor=PLANNER, now=NOW)
    assert where(dina) == (51.5611, 5.0709, "map", "user:4"), "the same address in other words"

    homes.move_house(dina, address="Beukstraat 7", postcode="5042 CD", place_name="Tilburg", actor=PLANNER, now=NOW)
    assert where(dina) == (51.58, 5.09, "postcode", ""), "nobody has confirmed the new door"
    assert Home.objects.get().door_note == "", "the note was about the old one"

    homes.move_house(dina, address="Dijk 1", postcode="9999 ZZ", place_name="Elders", actor=PLANNER, now=NOW)
    assert where(dina) is None, "rather nowhere than at the old address"


def test_a_door_note_needs_a_home_and_room(dina: Person) -> None:
    with pytest.raises(RondjeError, match="First put the home on the map"):
        homes.set_door_note(dina, "Achterom", actor=PLANNER, now=NOW)
    homes.confirm(dina, latitude=51.5, longitude=5, actor=PLANNER, now=NOW)
    with pytest.raises(RondjeError, match="too long"):
        homes.set_door_note(dina, "x" * 201, actor=PLANNER, now=NOW)


def agrees(person: Person) -> Consent:
    return consents.give(person=person, purpose=Consent.Purpose.AIDS, given_at=NOW, how="call", actor=PLANNER, now=NOW)


def test_without_consent_no_aid_is_kept_and_the_refusal_says_so(dina: Person) -> None:
    with pytest.raises(aids.NeedsConsent, match="Aids are kept only with consent"):
        aids.set_aids(dina, ["rollator"], actor=PLANNER, now=NOW)
    assert aids_of(dina) == ()
    assert aids.set_aids(dina, [], actor=PLANNER, now=NOW) == (), "to need nothing takes no consent"


def test_a_consent_for_the_circle_is_none_for_aids(dina: Person) -> None:
    consents.give(person=dina, purpose=Consent.Purpose.CIRCLE, given_at=NOW, how="call", actor=PLANNER, now=NOW)
    with pytest.raises(aids.NeedsConsent):
        aids.set_aids(dina, ["rollator"], actor=PLANNER, now=NOW)


def test_with_consent_aids_are_kept_and_go_when_it_is_withdrawn(dina: Person) -> None:
    assert "welke hulpmiddelen ik gebruik" in agrees(dina).wording
    aids.set_aids(dina, ["stick", "rollator"], actor=PLANNER, now=NOW)
    assert aids_of(dina) == ("rollator", "stick")
    aids.set_aids(dina, ["wheelchair"], actor=PLANNER, now=NOW)
    assert aids_of(dina) == ("wheelchair",)
    assert "wheelchair" not in str(list(Event.objects.values_list("payload", flat=True))), "history holds no aid"

    consents.withdraw(person=dina, purpose=Consent.Purpose.AIDS, actor=PLANNER, now=NOW)

    assert not Aid.objects.exists()
    with pytest.raises(RondjeError, match="not one that we know"):
        aids.set_aids(dina, ["hoverboard"], actor=PLANNER, now=NOW)


def test_a_paper_takes_the_place_of_the_one_before_and_of_a_vog_only_the_day_is_kept(dina: Person) -> None:
    def seen(kind: Paper.Kind, until: date | None, on: date = TODAY) -> Paper:
        return papers.seen(dina, kind, seen_on=on, valid_until=until, actor=PLANNER, today=TODAY)

    seen(Paper.Kind.LICENCE, date(2026, 12, 1))
    seen(Paper.Kind.LICENCE, date(2031, 12, 1))
    seen(Paper.Kind.MEDICAL, date(2026, 12, 20))
    seen(Paper.Kind.VOG, None)
    assert Paper.objects.count() == 3
    with pytest.raises(RondjeError, match="Of a VOG only the day"):
        seen(Paper.Kind.VOG, date(2031, 1, 1))
    with pytest.raises(RondjeError, match="later than today"):
        seen(Paper.Kind.TEST_DRIVE, None, on=date(2026, 11, 24))
    with pytest.raises(RondjeError, match="had run out"):
        seen(Paper.Kind.TEST_DRIVE, date(2026, 11, 1))


def test_postcodes_come_from_a_file_and_again_from_a_better_one(tmp_path: Path) -> None:
    file = tmp_path / "postcodes.csv"
    file.write_text("postcode,latitude,longitude\n5041AB,51.5,5.0\n5042AB,51.6,5.1\n")
    out = StringIO()
    call_command("import_postcodes", str(file), stdout=out)
    assert out.getvalue() == "2 postcodes were stored.\n"

    file.write_text("postcode,latitude,longitude\n5041AB,51.7,5.2\nTilburg,51.6,5.1\n")
    errors = StringIO()
    with pytest.raises(CommandError, match="1 lines were left out") as left_out:
        call_command("import_postcodes", str(file), stdout=out, stderr=errors)
    assert left_out.value.returncode == 1
    assert "Line 3: 'TILBURG' is no postcode such as 5041 or 5041AB." in errors.getvalue()
    assert PostcodePlace.objects.get(postcode="5041AB").latitude == 51.7, "the good row was kept"
    assert PostcodePlace.objects.count() == 2

    with pytest.raises(CommandError, match="cannot be read") as unread:
        call_command("import_postcodes", str(tmp_path / "none.csv"))
    assert unread.value.returncode == 2
