"""The pages on which circles are looked after: filled, empty and refusing, at a desk and on a telephone."""

from playwright.sync_api import Page

from backend.people.models import User
from tests.browser.conftest import picture, sign_in
from tests.browser.house import House, furnish
from tests.browser.looking import flaws, look_at, send_as_they_stand
from tests.integration.web import mornings
from tests.integration.web.mornings import Morning


def filled(house: House) -> dict[str, str]:
    """Every management page with something on it."""
    return {
        "today": "/today/",
        "inbox": "/inbox/",
        "manage": "/manage/",
        "machine": "/machine/",
        "machine-findings": "/machine/findings/",
        "capacity": "/capacity/",
        "circle": house.circle,
        "members": f"{house.circle}members/",
        "members-forming": f"{house.young}members/",
        "circle-forming": house.young,
        "join": f"{house.circle}members/new/",
        "consent": f"{house.circle}members/{house.joiner}/consent/",
        "absence": f"{house.circle}absence/",
        "roster": f"{house.circle}roster/",
        "roster-print": f"{house.circle}roster/print/",
        "mode": f"{house.circle}mode/",
        "practice": f"{house.circle}practice/",
        "paper": f"{house.circle}paper/",
        "results": f"{house.circle}results/",
        "new-circle": f"/organisations/{house.morning.organisation.pk}/circles/new/",
        "new-template": f"/organisations/{house.morning.organisation.pk}/templates/new/",
        "template": f"/templates/{house.template.pk}/",
        "sent": "/sent/",
        "sent-refused": "/sent/?show=refused",
        "costs": "/costs/",
        "texts": "/texts/",
        "words": "/texts/incidents.alert/nl/",
        "absences": "/absences/",
        "people": "/people/",
        "person": f"/people/{house.morning.person('Halil').pk}/data/",
        "wishes": f"/people/{house.morning.person('Halil').pk}/wishes/",
        "leave": f"{house.circle}members/{house.morning.person('Halil').memberships.get().pk}/leave/",
        "keeping": "/keeping/",
        "transfers": "/transfers/",
        "transfer": f"/transfers/{house.offered.pk}/",
        "transfer-offer": f"{house.circle}transfer/",
        "connections": "/connections/",
        "duties-open": house.duties,
    }


EMPTY = ("inbox", "transfers", "sent", "costs", "absences", "keeping", "connections", "people/?name=niemand")


def refused(house: House) -> dict[str, tuple[str, str]]:
    """Forms that are sent as they stand and come back with what is wrong: the page, and the form on it."""
    return {
        "join": (f"{house.circle}members/new/", "join"),
        "consent": (f"{house.circle}members/{house.joiner}/consent/", "consent"),
        "absence": (f"{house.circle}absence/", "absence"),
        "practice": (f"{house.circle}practice/", "practice"),
        "new-circle": (f"/organisations/{house.morning.organisation.pk}/circles/new/", "making"),
        "roster": (f"{house.circle}roster/", "volunteer"),
        "erase": (f"/people/{house.morning.person('Halil').pk}/data/", "erase"),
        "connection": ("/connections/", "connection"),
        "results": (f"{house.circle}results/", "results"),
        "transfer": (f"/transfers/{house.offered.pk}/", "accept"),
        "transfer-offer": (f"{house.circle}transfer/", "offer"),
    }


def half_way(morning: Morning) -> House:
    morning.goes_well(2)
    mornings.set_time("08:36")
    house = furnish(morning)
    morning.case_about("Truus")
    return house


def test_every_page_at_a_desk(desk: Page, morning: Morning, coordinator: User) -> None:
    house = half_way(morning)
    sign_in(desk)
    assert look_at(desk, filled(house), "desk") == []


def test_every_page_on_a_telephone(telephone: Page, morning: Morning, coordinator: User) -> None:
    house = half_way(morning)
    sign_in(telephone)
    assert look_at(telephone, filled(house), "telephone") == []


def test_forms_that_come_back_with_what_is_wrong(telephone: Page, morning: Morning, coordinator: User) -> None:
    house = half_way(morning)
    sign_in(telephone)
    assert send_as_they_stand(telephone, refused(house), "telephone") == []


def test_pages_with_nothing_on_them(telephone: Page, morning: Morning, coordinator: User) -> None:
    sign_in(telephone)
    addresses = {f"empty-{name.split('/')[0]}": f"/{name}{'' if '?' in name else '/'}" for name in EMPTY}
    assert look_at(telephone, addresses, "telephone") == []


def test_a_few_in_english(desk: Page, morning: Morning, coordinator: User) -> None:
    house = half_way(morning)
    sign_in(desk)
    desk.get_by_role("button", name="English").click()
    desk.get_by_role("heading", name="Circles").wait_for()
    pages = filled(house)
    names = ("today", "manage", "members", "roster", "texts", "costs")
    assert look_at(desk, {name: pages[name] for name in names}, "english") == []


def test_a_volunteer_sees_their_duties(telephone: Page, morning: Morning) -> None:
    house = half_way(morning)
    telephone.goto(house.duties)
    telephone.get_by_role("button", name="Open").click()
    telephone.get_by_role("heading", name="Diensten van").wait_for()
    picture(telephone, "duties-telephone")
    assert flaws(telephone) == []
