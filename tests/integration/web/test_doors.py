"""Nobody sees what is not theirs: every address, asked for by everybody, by GET and by POST."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import get_resolver, reverse

from backend.incidents.models import Step
from backend.people.models import Absence, DutySwap, Integration
from tests.integration.web.door_rules import Asker
from tests.integration.web.doors import ADDRESSES, addresses
from tests.integration.web.house import OURS, OUTSIDERS, House, a_house, an_asker
from tests.integration.web.mornings import Morning

SECRETS = ("Halil", "Lindelaan", "Janssen", "regenpijp", "013 000", "De Linde", "Welzijn Oost")
PUBLIC = (
    "volunteer",
    "duties",
    "crew-manifest",
    "bus-own",
    "bus-calendar",
    "dinner-",
    "crew-kitchen",
    "crew-door",
    "resto-own",
)
BEHIND_A_LINK = [name for name in ADDRESSES if name.startswith(PUBLIC)]
"""Who holds the link may know the circle; its pages have tests of their own."""


@pytest.fixture
def house(morning: Morning) -> House:
    return a_house(morning)


def walk(
    house: House, asker: Asker, names: list[str], each: Callable[[], AbstractContextManager[None]] = nullcontext
) -> Iterator[tuple[str, str, HttpResponse]]:
    """Ask at each of these addresses in both ways: the method, the name of the address, the answer."""
    for name in names:
        address = reverse(name, kwargs=house.kwargs(name))
        for method in ("GET", "POST"):
            with each():
                answer = asker.ask(method, address)
            yield method, name, answer


@contextmanager
def undone() -> Iterator[None]:
    """Whatever somebody does who may do it, the next address finds the house as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def unexpected(asker: Asker, method: str, name: str, answer: HttpResponse) -> list[str]:
    """What is wrong with an answer, in words."""
    expected = ADDRESSES[name](asker, method)
    return [] if answer.status_code in expected else [f"{method} {name}: {answer.status_code}, not {expected}"]


def test_every_address_says_who_may_come_in() -> None:
    product = {name for name, _pattern in addresses(get_resolver().url_patterns) if not name.startswith("admin:")}
    assert product == set(ADDRESSES)


@pytest.mark.parametrize("who", OURS)
def test_every_address_answers_our_own_people_as_it_should(house: House, who: str) -> None:
    asker = an_asker(who, house.morning)
    wrong = []
    for method, name, answer in walk(house, asker, list(ADDRESSES), undone):
        wrong += unexpected(asker, method, name, answer)
    assert wrong == []


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_from_outside_comes_in_or_reads_a_word_of_it_or_changes_anything(house: House, who: str) -> None:
    asker = an_asker(who, house.morning)
    before = Step.objects.count()
    wrong = []
    for method, name, answer in walk(house, asker, [name for name in ADDRESSES if name not in BEHIND_A_LINK]):
        wrong += unexpected(asker, method, name, answer)
        page = answer.content.decode()
        wrong += [f"{method} {name} tells {secret}" for secret in SECRETS if secret in page]
    assert wrong == []
    assert Step.objects.count() == before
    assert Absence.objects.count() == Absence.objects.filter(withdrawn_at=None).count() == 1
    assert DutySwap.objects.get().state == "open"
    assert not Integration.objects.get().revoked


@pytest.mark.parametrize("who", OUTSIDERS)
def test_a_link_answers_whoever_holds_it_as_it_should(house: House, who: str) -> None:
    asker = an_asker(who, house.morning)
    wrong = []
    for method, name, answer in walk(house, asker, BEHIND_A_LINK, undone):
        wrong += unexpected(asker, method, name, answer)
    assert wrong == []


@pytest.mark.parametrize("who", [name for name in OURS if name not in ("our coordinator", "our circle_volunteer")])
def test_a_reader_and_other_programmes_of_the_same_organisation_see_no_names(house: House, who: str) -> None:
    asker = an_asker(who, house.morning)
    assert not asker.is_staff
    assert "Halil" not in asker.ask("GET", "/today/").content.decode()


@pytest.mark.parametrize("who", ["nobody", "without a role", "their operator", "our operator", "our coordinator"])
def test_the_operators_administration_lets_no_role_in(house: House, who: str) -> None:
    asker = an_asker(who, house.morning)
    wrong = []
    for name, pattern in addresses(get_resolver().url_patterns):
        if not name.startswith("admin:") or name in ("admin:login", "admin:None"):
            continue
        values = {"app_label": "auth", "url": "x", "content_type_id": "1", "object_id": "1"}
        kwargs = {key: values.get(key, "1") for key in pattern.pattern.converters}
        if pattern.pattern.regex.groupindex and not kwargs:
            kwargs = {key: values[key] for key in pattern.pattern.regex.groupindex}
        for method in ("GET", "POST"):
            answer = asker.ask(method, reverse(name, kwargs=kwargs))
            if answer.status_code not in (302, 403, 404, 405):
                wrong.append(f"{method} {name}: {answer.status_code}")
    assert wrong == []
