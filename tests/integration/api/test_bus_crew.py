"""Crews of the bus for other systems."""

from datetime import timedelta

from tests.integration.api.conftest import Asker, asker_of
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning
from tests.support.buses import a_bus, a_trip, a_volunteer

THURSDAY = mornings.MONDAY.date() + timedelta(days=3)


def test_somebody_is_confirmed_and_who_may_not_is_refused_in_words(system: Asker, morning: Morning) -> None:
    trip = a_trip(a_bus(morning.organisation), THURSDAY)
    kees = a_volunteer(morning.organisation, "Kees", "+31600000200")
    otto = a_volunteer(morning.organisation, "Otto", "+31600000201", papers=())
    (driving,) = system.get("bus-crew/?task=driver")["results"]
    assert (driving["trip"], driving["date"], driving["state"], driving["person"]) == (
        trip.pk,
        THURSDAY.isoformat(),
        "open",
        None,
    )
    refused = system.ask("POST", f"bus-crew/{driving['id']}/confirm/", {"person": otto.pk})
    assert (refused.status_code, refused.json()["reason"]) == (409, "missing:licence")
    confirmed = system.ask("POST", f"bus-crew/{driving['id']}/confirm/", {"person": kees.pk}).json()
    assert (confirmed["state"], confirmed["person"]) == ("confirmed", kees.pk)
    assert system.ask("DELETE", f"bus-crew/{driving['id']}/").status_code == 405


def test_of_another_organisation_nobody_is_confirmed(morning: Morning, neighbour: Morning) -> None:
    trip = a_trip(a_bus(neighbour.organisation), THURSDAY)
    stranger = a_volunteer(neighbour.organisation, "Kees", "+31600000200")
    duty = trip.crew.get(task="driver")
    answer = asker_of(morning.organisation).ask("POST", f"bus-crew/{duty.pk}/confirm/", {"person": stranger.pk})
    assert answer.status_code == 404
    ours = a_trip(a_bus(morning.organisation), THURSDAY).crew.get(task="driver")
    answer = asker_of(morning.organisation).ask("POST", f"bus-crew/{ours.pk}/confirm/", {"person": stranger.pk})
    assert answer.status_code == 400
