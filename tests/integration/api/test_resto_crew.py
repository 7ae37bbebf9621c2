"""Crews of the dinners for other systems."""

from tests.integration.api.conftest import Asker, asker_of
from tests.integration.web.mornings import Morning
from tests.support.restos import TUESDAY, a_helper, a_resto_of, crew_places


def test_somebody_is_confirmed_and_who_may_not_is_refused_in_words(system: Asker, morning: Morning) -> None:
    evening = a_resto_of(morning.organisation).evening()
    crew_places(evening, "cook", "bar")
    karim = a_helper(morning.organisation, "Karim", "+31600000200", jobs=("cook",))
    (cook,) = system.get("resto-crew/?job=cook")["results"]
    assert (cook["evening"], cook["date"], cook["state"], cook["person"]) == (
        evening.pk,
        TUESDAY.isoformat(),
        "open",
        None,
    )
    (bar,) = system.get("resto-crew/?job=bar")["results"]
    refused = system.ask("POST", f"resto-crew/{bar['id']}/confirm/", {"person": karim.pk})
    assert (refused.status_code, "Karim" in refused.json()["detail"]) == (403, False)
    confirmed = system.ask("POST", f"resto-crew/{cook['id']}/confirm/", {"person": karim.pk}).json()
    assert (confirmed["state"], confirmed["person"]) == ("confirmed", karim.pk)
    assert [one["id"] for one in system.get(f"resto-crew/?person={karim.pk}")["results"]] == [cook["id"]]
    assert system.ask("DELETE", f"resto-crew/{cook['id']}/").status_code == 405


def test_of_another_organisation_nobody_is_confirmed(morning: Morning, neighbour: Morning) -> None:
    (theirs,) = crew_places(a_resto_of(neighbour.organisation).evening(), "cook")
    stranger = a_helper(neighbour.organisation, "Karim", "+31600000200", jobs=("cook",))
    ask = asker_of(morning.organisation).ask
    assert ask("POST", f"resto-crew/{theirs.pk}/confirm/", {"person": stranger.pk}).status_code == 404
    (ours,) = crew_places(a_resto_of(morning.organisation).evening(), "cook")
    assert ask("POST", f"resto-crew/{ours.pk}/confirm/", {"person": stranger.pk}).status_code == 400
