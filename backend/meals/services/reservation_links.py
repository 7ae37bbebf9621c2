"""The link to one's own reservation: signed, so that nobody guesses it and no table keeps it. It shows no name."""

from datetime import datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer

from backend.common.errors import NotFound
from backend.events.models import Lane
from backend.meals.models import Evening, Reservation
from backend.meals.public_words import say
from backend.meals.selectors import told
from backend.meals.services import confirming
from backend.notifications.models import Way
from backend.notifications.services import queueing
from backend.people.domain.telephone import kind_of

_own = Signer(salt="meals.reservation", sep=".")
_asked = Signer(salt="meals.code", sep=".")


def token_of(row: Reservation) -> str:
    """What stands in the address of somebody's reservation."""
    return _own.sign(str(row.pk))


def code_token_of(row: Reservation) -> str:
    """What stands in the address at which the code for kept chairs is given."""
    return _asked.sign(str(row.pk))


def follow(token: str) -> Reservation:
    """The reservation behind a token. Raises NotFound."""
    return _found(_own, token)


def follow_to_code(token: str) -> Reservation:
    """The kept chairs behind a token. Raises NotFound."""
    return _found(_asked, token)


def address(row: Reservation) -> str:
    """The whole address of somebody's reservation."""
    return f"{settings.RONDJE_PUBLIC_URL}/e/{token_of(row)}/"


def send(evening: Evening, row: Reservation, line: str, now: datetime) -> None:
    """Text the link to the number that was confirmed, where it is a mobile. Under the evening's lock."""
    if kind_of(line) != "mobile":
        return
    language = row.person.language
    code = "waiting" if row.state == Reservation.State.WAITING else "reserved"
    places = told.in_writing(evening, row.covers, language, now)
    queueing.queue(
        organisation=evening.resto.organisation,
        person=None,
        way=Way.TEXT,
        line=line,
        lane=Lane.NOTICE,
        host=confirming.LINKS,
        subject_id=evening.pk,
        reference={"reservation": row.pk},
        body=say(code, language, link=address(row), **places),
        language=language,
        expires_at=evening.doors_at,
        any_hour=True,
    )


def _found(signer: Signer, token: str) -> Reservation:
    rows = Reservation.objects.select_related("evening__resto__organisation", "person")
    try:
        return rows.get(pk=int(signer.unsign(token)))
    except (BadSignature, ValueError, Reservation.DoesNotExist) as error:
        raise NotFound("This link does not work. Look at your text message once more, or ring the resto.") from error
