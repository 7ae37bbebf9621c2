"""A cook without a mobile is rung: voicemail is nobody, and a key says that the numbers were heard."""

from backend.circles.models import Circle
from backend.events import clock
from backend.meals.models import CrewPlace, Evening, Job, KitchenCount
from backend.meals.services import kitchen
from backend.people.services import registering
from tests.support import restos
from tests.support.restos import TUESDAY
from tests.support.story import MONDAY, Story

KEES = "+31130003391"


def test_a_cook_on_a_landline_hears_the_numbers_at_the_second_call_and_presses_a_key(story: Story) -> None:
    story.begin = MONDAY.replace(day=TUESDAY.day, hour=12, minute=31)
    story.circle.status = Circle.Status.FORMING
    story.circle.save()
    evening = an_evening_with_a_cook(story)
    story.lives("kees", KEES, habits=["voicemail", {"pick_up": 5, "press": "1"}])
    story.start()
    kitchen.keep_watch(clock.now())
    story.run(until="12:39")
    final = KitchenCount.objects.get(evening=evening, kind="final")
    assert final.seen_at is None
    story.run(until="12:45")
    final.refresh_from_db()
    assert (final.told_again_at is not None, final.seen_by) == (True, f"person:{evening.crew.get().person_id}")


def an_evening_with_a_cook(story: Story) -> Evening:
    evening = restos.a_resto_of(story.organisation).evening()
    cook = registering.register_person(
        organisation=story.organisation, given_name="Kees", family_name="Visser", phones=(KEES,)
    )
    CrewPlace.objects.create(evening=evening, job=Job.COOK, state=CrewPlace.State.CONFIRMED, person=cook)
    return evening
