"""Somebody's own pages behind the link in a text: whose they are, in which language, and who acts."""

from datetime import datetime

from django.http import HttpRequest

from backend.common import actors
from backend.common.speaking import speak_unless_chosen
from backend.events import clock
from backend.people.models import DutyLink
from backend.people.services import duty_links


def follow(request: HttpRequest, token: str) -> tuple[DutyLink, datetime]:
    """The link, and now. Speaks the language of whoever was texted unless they chose another. Raises NotFound."""
    now = clock.now()
    link = duty_links.follow(token, now)
    speak_unless_chosen(request, link.person.language)
    return link, now


def actor_of(link: DutyLink) -> actors.Actor:
    """Whoever was texted the link, by it."""
    return actors.person(link.person_id, "link")
