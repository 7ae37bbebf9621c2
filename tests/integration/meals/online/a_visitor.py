"""Somebody on the public page of the dinners: asks for places, reads the code that was sent, and types one."""

import re
from datetime import date, datetime

from backend.meals.domain.codes import Tried
from backend.meals.models import Evening, Reservation
from backend.meals.services import online
from backend.meals.services.online import Asked
from backend.notifications.models import Message
from tests.support.restos import at

NOW = at("11:00", date(2026, 11, 23))
MOBILE, LANDLINE = "+31600001700", "+31130001700"


def asks(evening: Evening, name: str = "Riet Linde", line: str = MOBILE, now: datetime = NOW, **more) -> Reservation:
    """A party asks for places, which are kept, and a code goes to this number."""
    row = online.start(evening_id=evening.pk, asked=Asked(name, line, **more), now=now)
    assert isinstance(row, Reservation), row
    return row


def code_for(line: str = MOBILE) -> str:
    """What was last sent to this line, however it was sent."""
    words = Message.objects.filter(host="meals.code", line=line).latest("pk").body
    found = re.search(r"\d{6}|(?:\d, ){5}\d", words)
    assert found is not None
    return found[0].replace(", ", "")


def wrong_for(line: str = MOBILE) -> str:
    """A code that was not sent to this line."""
    return f"{(int(code_for(line)) + 1) % 10**6:06}"


def tries(row: Reservation, code: str, now: datetime = NOW) -> Tried:
    """Somebody types a code."""
    return online.try_code(reservation_id=row.pk, code=code, now=now).tried
