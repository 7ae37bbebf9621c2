"""Telling the kitchen its numbers: by text with a link, by call for whoever has no mobile, and by mail on paper."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings

from backend.events.models import Lane
from backend.meals.domain.kitchen import Sheet
from backend.meals.kitchen_words import changed, counted, diets, parts, read, say
from backend.meals.models import Evening, GuestCall, Job, KitchenCount
from backend.meals.selectors.kitchen import cooks_of, manager_boxes, told_of, unasked_of
from backend.meals.services import kitchen_cases
from backend.notifications.models import Message, Way
from backend.notifications.selectors.telling import way_to
from backend.notifications.services import post, telling
from backend.people.domain.short_days import with_weekday
from backend.people.models import Organisation, Person
from backend.people.services import duty_links

HOST = "meals.kitchen"
"""The subject is the evening. Its messages say in `reference` of which count they tell, and whom."""

ENCLOSURE = "meals.kitchen"

FOR_SHOPPING = (Job.SHOPPING, Job.COOK)
"""Who is told the provisional count; who runs the resto where none of them has a telephone."""

PAGE = "resto/k"
LINK_LIVES = timedelta(days=3)

UNSEEN, NO_WAY = "kitchen_unseen", "kitchen_no_way"
"""Why the cook has to be rung (`GuestCall.details`)."""

SPOKEN = ("final", "late", "again", "unasked")
"""What is said otherwise to whoever is rung: they have no button, and press a key."""

UNASKED = ("unasked", "unasked_spoken", "to_ask", "subject_to_ask")
"""Sentences about guests whom nobody has asked yet what they eat."""

Kind = KitchenCount.Kind


@dataclass(frozen=True)
class News:
    """What is told of an evening. `code` names the sentence: the kind of the count, again, unseen, nobody, to_ask.

    `newcomers` (keys of people) were told nothing before: they hear the whole of it, and not what has changed.
    """

    evening: Evening
    count: KitchenCount
    sheet: Sheet
    code: str
    newcomers: frozenset[int] = frozenset()

    @property
    def organisation(self) -> Organisation:
        """Whose evening it is."""
        return self.evening.resto.organisation

    @property
    def of_use_until(self) -> datetime:
        """From then on (UTC) nobody need hear it."""
        return self.evening.cutoff_at if self.count.kind == Kind.PROVISIONAL else self.evening.ends_at

    def words(self, code: str, language: str, link: str = "") -> str:
        """A sentence, filled in."""
        cooks = cooks_of(self.evening) if code == "unseen" else []
        return say(
            code,
            language,
            resto=self.evening.resto.name,
            day=with_weekday(self.evening.date, language),
            covers=self.count.covers,
            people=counted("people", self.count.covers, language),
            parts=parts(self.sheet, language),
            diets=diets(self.sheet, language),
            parties=counted("unasked", unasked_of(self.evening).count(), language) if code in UNASKED else "",
            changes=changed(read(self.count.changes), language),
            name=f" ({cooks[0].spoken_name})" if cooks else "",
            link=link,
        ).strip()


def tell(news: News, now: datetime) -> int:
    """Send a count to who cooks (or shops) and to who runs the resto; returns how many of the kitchen hear of it.

    Under the evening's lock. A cook who cannot be reached is on the call list; where there is none, who runs the resto
    is told so.
    """
    evening, kind = news.evening, news.count.kind
    if kind == Kind.PROVISIONAL:
        people = cooks_of(evening, *FOR_SHOPPING)
        _post(news, people)
        reached = sum(_reach(news, one, now) for one in people)
        for one in _managers(news, besides=people) if not reached else ():
            _reach(news, one, now)
        return reached
    people = cooks_of(evening)
    deaf = [one for one in people if not _reach(news, one, now)]
    for one in deaf:
        _to_ring(news, one, NO_WAY, now)
    if not people:
        tell_managers(replace(news, code="nobody"), now)
    if kind == Kind.FINAL:
        _post(news, people)
        copy = replace(news, code="copy")
        for manager in _managers(news, besides=people) if people else ():
            _reach(copy, manager, now)
    return len(people) - len(deaf)


def tell_newcomers(count: KitchenCount, sheet: Sheet, now: datetime) -> None:
    """Whoever shops or cooks and was not told the numbers for the shopping is told those of now. Once each."""
    sent = Message.objects.filter(host=HOST, subject_id=count.evening_id, reference__count=count.pk)
    told = set(sent.values_list("person_id", flat=True))
    count.covers = sheet.covers  # In what is said only: the row is what was told at the time.
    news = News(count.evening, count, sheet, Kind.PROVISIONAL.value)
    for one in cooks_of(count.evening, *FOR_SHOPPING):
        if one.pk not in told:
            _reach(news, one, now)


def tell_again(news: News, now: datetime) -> None:
    """The kitchen has not said that it saw its numbers: once more."""
    for one in cooks_of(news.evening):
        _reach(news, one, now)


def tell_managers(news: News, now: datetime) -> None:
    """Who runs the resto hears that the kitchen has not looked, or that nobody is in it; the cook is to be rung.

    By text or call, and by mail: one of them may be read by somebody. Where nobody has a telephone, it is a case.
    """
    cooks = cooks_of(news.evening)
    reached = [_reach(news, one, now) for one in _managers(news, besides=cooks)]
    if not any(reached):
        kitchen_cases.open_untold(news.count, now)
    body = news.words(news.code, news.organisation.language, _staff_page(news.evening))
    for address in manager_boxes(news.organisation):
        _letter(news, address, body, enclosure="")
    for cook in cooks:
        _to_ring(news, cook, UNSEEN, now)


def tell_unasked(news: News, now: datetime) -> None:
    """Nobody has spoken yet to guests about what they eat: who cooks hears so, and who runs the resto is to ring them.

    Where none of them has a telephone, it is a case.
    """
    cooks, to_ask = cooks_of(news.evening), replace(news, code="to_ask")
    reached = [_reach(news, one, now) for one in cooks]
    reached += [_reach(to_ask, one, now) for one in _managers(news, besides=cooks)]
    if not any(reached):
        kitchen_cases.open_untold(news.count, now)
    body = to_ask.words(to_ask.code, news.organisation.language, f"{settings.RONDJE_PUBLIC_URL}/resto/calls/")
    for address in manager_boxes(news.organisation):
        _letter(to_ask, address, body, enclosure="")


def _managers(news: News, *, besides: list[Person]) -> list[Person]:
    return [one for one in told_of(news.evening) if one not in besides]


def _reach(news: News, one: Person, now: datetime) -> bool:
    """Text or ring somebody; False when there is no way to."""
    found, evening = way_to(one), news.evening
    if found is None:
        return False
    is_text = found.way == Way.TEXT
    link = f"{duty_links.make(one, now, page=PAGE, lives=LINK_LIVES)}{evening.pk}/" if is_text else ""
    code = Kind.FINAL.value if one.pk in news.newcomers else news.code
    code = code if is_text or code not in SPOKEN else f"{code}_spoken"
    is_for_shopping = news.count.kind == Kind.PROVISIONAL
    telling.reach(
        one,
        found,
        organisation=one.organisation,
        lane=Lane.NOTICE if is_for_shopping else Lane.LIVE,
        host=HOST,
        subject_id=evening.pk,
        reference={"count": news.count.pk, "person": one.pk},
        body=news.words(code, one.language, link),
        expires_at=news.of_use_until,
        any_hour=not is_for_shopping,
    )
    return True


def _post(news: News, people: list[Person]) -> None:
    """The list on paper, to the kitchen and to who runs the resto. Each address once."""
    addresses = [one.email for one in people if one.email] + manager_boxes(news.organisation)
    body = news.words("letter", news.organisation.language)
    for address in dict.fromkeys(addresses):
        _letter(news, address, body, enclosure=ENCLOSURE)


def _letter(news: News, address: str, body: str, *, enclosure: str) -> None:
    post.queue_letter(
        organisation=news.organisation,
        key=f"kitchen:{news.count.pk}:{news.code}:{address}"[:200],
        address=address,
        subject=news.words(f"subject_{news.code}", news.organisation.language),
        body=body,
        expires_at=news.of_use_until,
        enclosure=enclosure,
        reference={"evening": news.evening.pk},
    )


def _staff_page(evening: Evening) -> str:
    return f"{settings.RONDJE_PUBLIC_URL}/resto/evenings/{evening.pk}/kitchen/"


def _to_ring(news: News, person: Person, reason: str, now: datetime) -> None:
    """A person rings the cook, and reads the numbers as they are then. One call, however often it is said."""
    GuestCall.objects.get_or_create(
        evening=news.evening,
        person=person,
        kind=GuestCall.Kind.KITCHEN,
        state=GuestCall.State.OPEN,
        defaults={
            "organisation": news.organisation,
            "created_at": now,
            "details": {"reason": reason, "count": news.count.pk},
        },
    )
