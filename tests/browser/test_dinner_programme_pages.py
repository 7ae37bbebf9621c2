"""The pages on which managers keep restos, evenings and menus: at a desk and on a telephone."""

from django.db import transaction
from playwright.sync_api import Page

from backend.common.actors import SYSTEM
from backend.events import clock
from backend.meals.models import Course, CrewNeed, DiningTable, Evening, GuestCall, Job, Reservation, Tariff, Variant
from backend.meals.services import series
from backend.meals.services.guest_calls import to_make
from backend.meals.services.planning import plan_evenings
from backend.meals.services.wishes import PlateWish
from backend.people.models import User
from tests.browser.conftest import sign_in
from tests.browser.looking import look_at, send_as_they_stand
from tests.integration.web.mornings import MONDAY, Morning
from tests.support.restos import TUESDAY, a_resto_of


@transaction.atomic
def furnish(morning: Morning) -> dict[str, str]:
    """A resto with a series, and something on every page; the pages by name."""
    now = clock.now()
    table = a_resto_of(morning.organisation)
    row = table.series("FREQ=WEEKLY;BYDAY=MO,TU,TH", theme="Samen eten")
    for job, people in ((Job.COOK, 1), (Job.SERVING, 3), (Job.HOST, 1)):
        CrewNeed.objects.create(series=row, job=job, people=people)
    Tariff.objects.create(resto=table.resto, name="Gewoon", cents=750)
    Tariff.objects.create(resto=table.resto, name="Met de pas", cents=400)
    plan_evenings(now)
    evening = Evening.objects.get(date=TUESDAY)
    main = Course.objects.create(evening=evening, kind="main", name="Stamppot met worst")
    Variant.objects.create(course=main, name="Stamppot met linzen", without=["meat"])
    Course.objects.create(evening=evening, kind="dessert", name="Appeltaart")
    riet = table.reserves(evening, "Riet", now, covers=6, plates=(PlateWish(("meat",)), PlateWish(("nuts",))))
    jan = table.reserves(evening, "Jan", now, covers=8)
    table.waits(evening, "Co", now, covers=4)
    first = DiningTable.objects.get(name="1")
    Reservation.objects.filter(pk=riet.pk).update(table=first)
    to_make(evening, jan, GuestCall.Kind.SPEAK, now)
    to_make(evening, riet, GuestCall.Kind.TABLE, now, {"table": "4", "tried": [now.isoformat()]})
    tonight = Evening.objects.get(date=MONDAY.date())
    table.reserves(tonight, "Riet", now, covers=2)
    series.close_date(row.pk, TUESDAY.replace(day=26), reason="Verbouwing", actor=SYSTEM, now=now)
    of, resto = f"/resto/organisations/{morning.organisation.pk}", f"/resto/restos/{table.resto.pk}"
    at = f"/resto/evenings/{evening.pk}"
    return {
        "dinner-today": "/today/",
        "dinner-overview": "/resto/",
        "dinner-evening": f"{at}/",
        "dinner-change": f"{at}/change/",
        "dinner-cancel": f"{at}/cancel/",
        "dinner-menu": f"{at}/menu/",
        "dinner-restos": f"{of}/restos/",
        "dinner-settings": f"{of}/settings/",
        "dinner-resto": f"{resto}/",
        "dinner-resto-change": f"{resto}/change/",
        "dinner-resto-new": f"{of}/restos/new/",
        "dinner-series": f"/resto/series/{row.pk}/",
        "dinner-series-change": f"/resto/series/{row.pk}/change/",
        "dinner-evening-new": f"{resto}/evenings/new/",
        "dinner-table": f"/resto/tables/{first.pk}/",
        "dinner-table-remove": f"/resto/tables/{first.pk}/remove/",
        "dinner-calls": "/resto/calls/",
    }


REFUSED = ("dinner-cancel", "dinner-resto-new", "dinner-evening-new")
"""Forms that are sent as they stand, and come back with what is wrong."""


def walk(page: Page, morning: Morning, window: str) -> list[str]:
    pages = furnish(morning)
    sign_in(page)
    found = look_at(page, pages, window)
    return found + send_as_they_stand(page, {name: (pages[name], "form") for name in REFUSED}, window)


def test_at_a_desk(desk: Page, morning: Morning, coordinator: User) -> None:
    assert walk(desk, morning, "desk") == []


def test_on_a_telephone(telephone: Page, morning: Morning, coordinator: User) -> None:
    assert walk(telephone, morning, "telephone") == []
