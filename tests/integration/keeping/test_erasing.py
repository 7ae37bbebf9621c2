"""A person is erased: no column of the database holds their name or number then, and what others need stays."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from backend.circles.domain.call_list.entries import ContactEntry, PhoneEntry
from backend.circles.models import Membership, Seat
from backend.common.actors import user
from backend.common.errors import Conflict
from backend.events import clock
from backend.events.models import Event
from backend.incidents.models import Incident, Outcome
from backend.incidents.services import claiming, closing
from backend.keeping.models import Erasure
from backend.keeping.selectors import traces
from backend.keeping.selectors.dossier import dossier_of
from backend.keeping.services.erasing import erase
from backend.notifications.models import Attempt, InboundText
from backend.people.models import Contact, Person
from backend.people.services.absences import record_absence
from tests.support.story import ANNEKE, ANSWERS, Story

COORDINATOR = user(3)
LINE, MATE, KEY_HOLDER = "+31130001377", "+31130001378", "+31130001977"
CLAIMS = {"pick_up": 4, "on": [{"hears": "Neemt u dit op u", "press": "1"}], "press": "1", "talk": 30}
NEIGHBOUR = ContactEntry(
    name="Odilia Zwaluwstaart",
    relation="buurvrouw",
    phone=PhoneEntry(KEY_HOLDER, "landline", "013-000 1977"),
    has_key=True,
    key_note="Sleutelkluis code 4711",
)
OF_HER = ("quirijntje", "watervliet", "odilia", "zwaluwstaart", "4711", "130001377", "130001977", "013-000 1377")
"""Whatever was written down about her, in lower case."""


@pytest.fixture
def quirijntje(story: Story) -> Person:
    """She did not answer on Monday; Anneke went and found her well; she also texted and was away once."""
    story.ladder()
    story.lives("anneke", ANNEKE, habits=[ANSWERS, ANSWERS, CLAIMS])
    member = story.member("quirijntje", LINE, contacts=(NEIGHBOUR,))
    Person.objects.filter(pk=member.person_id).update(family_name="Watervliet", normalised_name="quirijntje watervliet")
    story.member("truus", MATE)
    story.lives("quirijntje", LINE, habits=["no_answer"])
    story.lives("truus", MATE)
    story.start()
    story.run(until="09:00")
    return Person.objects.get(pk=member.person_id)


def found_well(story: Story) -> None:
    """Anneke has been there."""
    with transaction.atomic():
        closing.record_outcome(
            claiming.locked(Incident.objects.get().pk),
            member_id=None,
            outcome=Outcome.FOUND_WELL,
            actor=COORDINATOR,
            name="Marijke",
            now=clock.now(),
        )
    story.run(until="09:30")


def everything(words: tuple[str, ...]) -> list[str]:
    """Every column of every table in which one of these stands, whatever made the table."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type IN ('text', 'character varying', 'jsonb', 'json', 'character', 'ARRAY')"
        )
        for table, column in cursor.fetchall():
            for word in words:
                cursor.execute(f'SELECT count(*) FROM "{table}" WHERE lower("{column}"::text) LIKE %s', [f"%{word}%"])
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column} holds {word}")
    return found


def test_no_column_of_the_database_holds_her_name_or_number_any_more(story: Story, quirijntje: Person) -> None:
    found_well(story)
    record_absence(person=quirijntje, first_day=story.begin.date(), last_day=None, reason="hospital", actor=COORDINATOR)
    InboundText.objects.create(
        organisation=story.organisation,
        sid="SM1",
        line=LINE,
        body="Quirijntje hier",
        received_at=clock.now(),
        lane="live",
        due_at=clock.now(),
    )
    truus = Person.objects.get(given_name="Truus")
    Contact.objects.create(
        person=truus, position=1, name="Jan", key_note="anders bij Quirijntje Watervliet, 013-000 1377"
    )
    Person.objects.filter(pk=quirijntje.pk).update(max_ride_minutes=30)
    assert len(everything(OF_HER)) > 12, "she is all over the database before"

    done = erase(quirijntje, asked_by=Erasure.AskedBy.FAMILY, actor=COORDINATOR, now=clock.now())

    assert everything(OF_HER) == []
    assert Person.objects.get(pk=quirijntje.pk).max_ride_minutes is None, "how long she could sit says something of her"
    assert Contact.objects.get(person=truus).key_note == "anders bij (gewist), (gewist)", "Truus keeps her contact"
    assert (done.asked_by, done.done_by, done.person_id) == ("family", "user:3", quirijntje.pk)
    assert Event.objects.get(kind="people.erased").payload == {"asked_by": "family"}


def test_what_others_need_stays(story: Story, quirijntje: Person) -> None:
    found_well(story)

    erase(quirijntje, asked_by=Erasure.AskedBy.THEMSELVES, actor=COORDINATOR, now=clock.now())

    seats = {seat.person.name: (seat.standing, seat.lines) for seat in Seat.objects.filter(round=story.round)}
    assert seats == {"(gewist)": ("incident", []), "Truus Linde": ("well", [MATE])}
    case = Incident.objects.get()
    assert (case.state, case.claimed_by_name) == ("closed", "Anneke Vrijwilliger")
    assert case.members.get().outcome == "found_well"
    assert "Anneke Vrijwilliger" in case.steps.values_list("actor_name", flat=True)
    assert Membership.objects.get(person=quirijntje).status == "left"
    assert Attempt.objects.filter(line=MATE).exists()


def test_a_volunteer_is_erased_and_the_case_still_says_that_somebody_went(story: Story, quirijntje: Person) -> None:
    found_well(story)
    anneke = Person.objects.get(given_name="Anneke")
    with pytest.raises(Conflict, match="on the duty roster"):
        erase(anneke, asked_by=Erasure.AskedBy.THEMSELVES, actor=COORDINATOR, now=clock.now())
    anneke.duty_shifts.all().delete()

    erase(anneke, asked_by=Erasure.AskedBy.THEMSELVES, actor=COORDINATOR, now=clock.now())

    assert everything(("anneke vrijwilliger", ANNEKE)) == []
    assert Incident.objects.get().claimed_by_name == "(gewist)"
    assert "claimed" in story.timeline()


def test_nobody_is_erased_while_a_case_about_them_is_open(story: Story, quirijntje: Person) -> None:
    with pytest.raises(Conflict, match="open case about this person"):
        erase(quirijntje, asked_by=Erasure.AskedBy.FAMILY, actor=COORDINATOR, now=clock.now())
    assert Person.objects.get(pk=quirijntje.pk).name == "Quirijntje Watervliet"
    assert Contact.objects.filter(person=quirijntje).exists()
    anneke = Person.objects.get(given_name="Anneke")
    anneke.duty_shifts.all().delete()
    with pytest.raises(Conflict, match="may still alert this person"):
        erase(anneke, asked_by=Erasure.AskedBy.THEMSELVES, actor=COORDINATOR, now=clock.now())


def test_nobody_is_erased_in_a_morning_that_goes_round(story: Story) -> None:
    story.on_duty("anneke", ANNEKE)
    story.lives("anneke", ANNEKE)
    member = story.member("truus", MATE)
    story.lives("truus", MATE)
    story.start()
    story.run(until="08:30")
    with pytest.raises(Conflict, match="morning that is going round"):
        erase(member.person, asked_by=Erasure.AskedBy.FAMILY, actor=COORDINATOR, now=clock.now())
    story.run(until="09:00")


def test_a_couple_on_one_line_loses_one_and_keeps_the_number(story: Story) -> None:
    story.on_duty("anneke", ANNEKE)
    one, other = story.member("quirijntje", MATE), story.member("truus", MATE)

    erase(one.person, asked_by=Erasure.AskedBy.FAMILY, actor=COORDINATOR, now=clock.now())

    assert everything(("quirijntje",)) == []
    assert [phone.e164 for phone in other.person.phones.all()] == [MATE]


def test_who_holds_a_key_for_somebody_else_is_replaced_first(story: Story) -> None:
    keyholder = story.member("quirijntje", LINE)
    truus = story.member("truus", MATE)
    Contact.objects.create(person=truus.person, position=1, name="Quirijntje", phone=LINE, has_key=True)
    with pytest.raises(Conflict, match="contact of another member"):
        erase(keyholder.person, asked_by=Erasure.AskedBy.THEMSELVES, actor=COORDINATOR, now=clock.now())


def test_export_tells_all_of_her_and_nothing_of_others(story: Story, quirijntje: Person) -> None:
    found_well(story)

    told = dossier_of(quirijntje, clock.now())

    text = json.dumps(told, ensure_ascii=False)
    headings = {section["heading"] for section in told["sections"]}
    assert headings >= {
        "phonenumber",
        "contact",
        "membership",
        "seat",
        "cases",
        "outcomes",
        "timeline",
        "messages",
        "calls",
    }
    assert all(word in text.lower() for word in ("quirijntje", "watervliet", "130001377", "zwaluwstaart", "4711"))
    assert all(word not in text for word in ("Truus", MATE, "Anneke", ANNEKE))


def test_commands_write_two_files_that_only_we_can_read_and_erase(
    story: Story, quirijntje: Person, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("export_person", str(quirijntje.pk), to=tmp_path)
    files = sorted(tmp_path.iterdir())
    assert [file.suffix for file in files] == [".html", ".json"]
    assert [oct(file.stat().st_mode & 0o777) for file in files] == ["0o600", "0o600"]
    assert "Quirijntje" in files[0].read_text()
    assert json.loads(files[1].read_text())["person"]["family_name"] == "Watervliet"

    with pytest.raises(CommandError, match="open case") as refused:
        call_command("erase_person", str(quirijntje.pk), asked_by="family")
    assert refused.value.returncode == 2
    found_well(story)
    call_command("erase_person", str(quirijntje.pk), asked_by="family")
    assert everything(OF_HER) == []
    assert "has been erased" in capsys.readouterr().out


def test_what_hangs_on_a_person_is_known_for_every_table() -> None:
    """Whoever adds a table that points to a person sees here what erasing does to it: cascade means that it goes."""
    fates = {
        f"{link.model._meta.label}.{link.name}": link.remote_field.on_delete.__name__
        for link in traces.links_to_people()
    }
    assert set(fates.values()) <= {"CASCADE", "PROTECT", "SET_NULL"}
    assert fates["people.Contact.person"] == "CASCADE"
    assert fates["circles.Seat.person"] == "PROTECT"
