"""One number to ring: known by number, every wish by one key, and always a person when nothing else fits."""

from datetime import date

from backend.circles.domain.call_list.entries import ContactEntry, PhoneEntry
from backend.events.models import Event
from backend.incidents.models import Incident
from backend.notifications.models import InboxItem
from backend.people.models import Absence, Person
from tests.support.story import ANNEKE, ANSWERS, BRAM, CARLA, CIRCLE_NUMBER, DUTY_PHONE, Story

RIET, SJEF, DAUGHTER = "+31130001300", "+31130001301", "+31690001400"
TAKES = {"pick_up": 5, "press": "1", "talk": 30}


def town(story: Story, *rings_in: dict[str, object], office: object = TAKES, **more: object) -> None:
    """Riet rings in as told; everybody else answers."""
    story.ladder()
    daughter = ContactEntry("Els", "dochter", PhoneEntry(DAUGHTER, "mobile", DAUGHTER), has_key=True)
    story.member("riet", RIET, contacts=(daughter,))
    story.member("sjef", SJEF)
    at = [{"to": CIRCLE_NUMBER, "at": "08:26", **one} for one in rings_in]
    story.lives("riet", RIET, rings_in=at, **more)
    for name, line in (("sjef", SJEF), ("anneke", ANNEKE), ("bram", BRAM), ("carla", CARLA)):
        story.lives(name, line)
    story.lives("els", DAUGHTER)
    story.lives("kantoor", DUTY_PHONE, habits=[office])


def keys(**by_words: str) -> dict[str, object]:
    """A person who presses these keys when they hear these words."""
    return {
        "on": [{"hears": words.replace("_", " "), "press": digits, "times": 1} for words, digits in by_words.items()]
    }


def test_the_menu_says_what_can_be_chosen(story: Story) -> None:
    town(story, {"press": "1"})
    story.start()
    story.run(until="08:28")
    assert (
        "Goedemorgen Riet. Dit is Welzijn Oost. Gaat het goed met u? Druk op 1. Maakt u zich zorgen over Sjef? "
        "Druk op 2. Bent u een tijd weg? Druk op 3. Heeft u hulp nodig? Druk op 9. Wilt u iemand spreken? Blijf aan de "
        "lijn, of druk op 0." in story.heard("riet")
    )
    assert "Wij weten nu dat het goed met u gaat" in story.heard("riet")


def test_away_for_a_week_is_read_back_and_confirmed(story: Story) -> None:
    town(story, keys(Klopt_dat="1", Tot_wanneer="2", een_tijd_weg="3"))
    story.start()
    story.run(until="09:10")
    assert "U bent afwezig van maandag 23 november tot en met zondag 29 november. Klopt dat?" in story.heard("riet")
    absence = Absence.objects.get()
    assert (absence.last_day, absence.channel, absence.on_behalf_of) == (date(2026, 11, 29), "call", "")
    assert story.standings() == {"Riet": "excused", "Sjef": "well"}


def test_away_until_a_date_that_is_keyed_in(story: Story) -> None:
    town(story, keys(Klopt_dat="1", Toets_de_laatste_dag="0312", Tot_wanneer="4", een_tijd_weg="3"))
    story.start()
    story.run(until="08:29")
    assert Absence.objects.get().last_day == date(2026, 12, 3)


def test_a_date_that_is_none_is_asked_again_and_then_left_to_a_person(story: Story) -> None:
    town(story, {"on": [{"hears": "Toets de laatste dag", "press": "9999"}, *keys(Tot_wanneer="4", weg="3")["on"]]})
    story.start()
    story.run(until="08:29")
    assert "Die dag begrijpen wij niet." in story.heard("riet")
    assert len(story.rings("kantoor")) == 1
    assert not Absence.objects.exists()


def test_hanging_up_before_confirming_records_nothing_and_is_shown_to_a_person(story: Story) -> None:
    town(story, {"on": [{"hears": "Klopt dat", "hang_up": True}, *keys(Tot_wanneer="1", weg="3")["on"]]})
    story.start()
    story.run(until="08:29")
    assert not Absence.objects.exists()
    assert [(item.kind, item.note) for item in InboxItem.objects.all()] == [("unconfirmed", "absence")]


def test_back_is_offered_to_whoever_is_away(story: Story) -> None:
    town(story, {**keys(Klopt_dat="1", Tot_wanneer="3", weg="3")}, {"at": "08:28", **keys(weer_thuis="4")})
    story.start()
    story.run(until="08:30")
    assert "U bent niet meer afwezig" in story.heard("riet")
    assert not Absence.objects.filter(withdrawn_at=None).exists()
    story.run(until="09:10")
    assert story.standings()["Riet"] == "well"


def test_silence_is_put_through_to_a_person_and_never_hung_up(story: Story) -> None:
    town(story, {"talk": 40})
    story.start()
    story.run(until="08:29")
    assert "wij verbinden u door met een medewerker" in story.heard("riet")
    assert len(story.rings("kantoor")) == 1
    assert not InboxItem.objects.exists()


def test_a_voicemail_at_the_duty_telephone_is_no_person(story: Story) -> None:
    """Nobody presses a key there: the caller hears so, and the duty telephone is rung until somebody takes it."""
    town(story, {"press": "0"}, office="voicemail")
    story.start()
    story.run(until="08:29")
    assert "Er is nu niemand vrij. Wij bellen u terug op het nummer waarmee u belt." in story.heard("riet")
    item = InboxItem.objects.get()
    assert (item.kind, item.line, item.person.given_name) == ("call_back", RIET, "Riet")
    story.run(until="08:50")
    assert len(story.rings("kantoor")) >= 3
    assert InboxItem.objects.get().dealt_with_at is None
    assert any("wil graag teruggebeld worden" in text for text in story.texts("carla"))


def test_a_stranger_leaves_another_number_when_nobody_is_free(story: Story) -> None:
    town(story, office="no_answer")
    stranger = {"to": CIRCLE_NUMBER, "at": "08:26", **keys(Toets_dat_nummer="0130001888#", U_toetste="1")}
    story.lives("vreemd", "+31130001999", rings_in=[stranger])
    story.start()
    story.run(until="08:29")
    assert "Wij kennen dit nummer niet" in story.heard("vreemd")
    assert "U toetste 0 1 3 0 0 0 1 8 8 8." in story.heard("vreemd")
    assert InboxItem.objects.get().line == "+31130001888"


def test_a_worry_and_an_absence_are_reported_by_family_on_behalf(story: Story) -> None:
    town(story)
    daughter = next(one for one in story.residents if one["name"] == "els")
    daughter["rings_in"] = [
        {"at": "08:26", "to": CIRCLE_NUMBER, "press": "2"},
        {"at": "08:28", "to": CIRCLE_NUMBER, **keys(Klopt_dat="1", Tot_wanneer="1", Riet_een_tijd_weg="3")},
    ]
    story.start()
    story.run(until="08:30")
    assert "Goedemorgen Els. Dit is Welzijn Oost. Maakt u zich zorgen over Riet? Druk op 2. Is Riet een tijd weg?" in (
        story.heard("els")
    )
    assert [(kind, who) for kind, _state, who in story.incidents()] == [("worried", ("Riet",))]
    riet = Person.objects.get(given_name="Riet")
    opened = Event.objects.get(kind="incidents.opened")
    assert (opened.actor.split(":")[0], opened.on_behalf_of) == ("contact", f"person:{riet.pk}")
    absence = Absence.objects.get()
    assert (absence.reported_by.split(":")[0], absence.on_behalf_of) == ("contact", f"person:{riet.pk}")


def test_two_households_on_one_number_are_asked_for_by_name(story: Story) -> None:
    """A son who is the contact of both parents, on two lines of their own."""
    son = "+31690001500"
    contact = ContactEntry("Jan", "zoon", PhoneEntry(son, "mobile", son), has_key=True)
    town(story)
    story.member("nel", "+31130001302", contacts=(contact,))
    story.member("wim", "+31130001303", contacts=(contact,))
    story.lives("nel", "+31130001302")
    story.lives("wim", "+31130001303")
    rings = {"at": "08:26", "to": CIRCLE_NUMBER, **keys(Belt_u_voor_Nel="2", zorgen_over_Wim="2")}
    story.lives("jan", son, rings_in=[rings])
    story.start()
    story.run(until="08:28")
    assert "Belt u voor Nel? Druk op 1. Belt u voor Wim? Druk op 2." in story.heard("jan")
    assert [who for _kind, _state, who in story.incidents()] == [("Wim",)]


def test_a_volunteer_who_rings_hears_the_case_that_waits_and_takes_it(story: Story) -> None:
    story.ladder()
    story.member("riet", RIET)
    story.member("sjef", SJEF)
    story.lives("riet", RIET, habits=["no_answer"])
    story.lives("sjef", SJEF)
    deaf = {**ANSWERS, "on": [{"hears": "Neemt u dit op u", "stay_silent": True}]}
    rings = {"at": "08:52", "to": CIRCLE_NUMBER, **keys(Neemt_u_dit_op_u="1", Druk_op_5="5")}
    story.lives("anneke", ANNEKE, habits=[deaf], rings_in=[rings])
    story.lives("bram", BRAM, habits=["no_answer"])
    story.lives("carla", CARLA, habits=["no_answer"])
    story.start()
    story.run(until="08:55")
    assert "Er wacht een melding op u. Druk op 5" in story.heard("anneke")
    assert "Het gaat om Riet Linde." in story.heard("anneke")
    assert Incident.objects.get().claimed_by_name == "Anneke Vrijwilliger"


def test_a_volunteer_for_whom_nothing_waits_reaches_a_person(story: Story) -> None:
    town(story)
    next(one for one in story.residents if one["name"] == "bram")["rings_in"] = [{"at": "08:26", "to": CIRCLE_NUMBER}]
    story.start()
    story.run(until="08:29")
    assert "Druk op 5" not in story.heard("bram")
    assert len(story.rings("kantoor")) == 1


def test_nine_from_a_volunteer_alerts_people_and_puts_them_through(story: Story) -> None:
    town(story)
    rings = {"at": "08:26", "to": CIRCLE_NUMBER, "press": "9"}
    next(one for one in story.residents if one["name"] == "bram")["rings_in"] = [rings]
    story.start()
    story.run(until="08:29")
    assert "Is er gevaar? Bel 112. Blijf aan de lijn." in story.heard("bram")
    assert InboxItem.objects.get().note == "help"
