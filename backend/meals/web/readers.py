"""Who has a part of an evening before them: somebody who signed in, or one of the crew by the link in a text.

Every page of the kitchen and of the door is one view, reached by both ways.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from backend.common import actors
from backend.common.actors import Actor
from backend.common.speaking import speak_unless_chosen
from backend.events import clock
from backend.meals.models import Evening
from backend.meals.selectors.crew_access import evenings_for, runs_dinners
from backend.people import doors
from backend.people.admission import Admission
from backend.people.models import DutyLink, Organisation, User
from backend.people.selectors import zone_of

EVENINGS = Evening.objects.select_related("resto__organisation", "series")


@dataclass(frozen=True)
class Reader:
    """Whoever looks. `runs`: they run the dinners, and may do more than the crew of one evening.

    `part` is what they look at; pages are named resto-{part} for who signs in, and crew-{part} behind a link.
    """

    part: str
    evening: Evening
    actor: Actor
    runs: bool = False
    token: str = ""

    @property
    def organisation(self) -> Organisation:
        """Whose evening it is."""
        return self.evening.resto.organisation

    def address(self, page: str = "", **more: object) -> str:
        """Where a page is for this reader: the list itself is the page without a name."""
        start = f"crew-{self.part}" if self.token else f"resto-{self.part}"
        known = {"token": self.token, **more} if self.token else more
        return reverse(f"{start}-{page}" if page else start, kwargs={"pk": self.evening.pk, **known})


Page = Callable[..., HttpResponse]
"""Takes the request, the reader, the time (UTC) and what else stands in the address."""

Follow = Callable[[str, int, datetime], tuple[DutyLink, Evening]]
"""The link behind a token, and its evening (by key), at a time. Raises NotFound."""


@dataclass(frozen=True)
class Part:
    """A part of an evening with pages of its own. `lives`: of a link that was opened; `opens`: the template before."""

    name: str
    follow: Follow
    lives: timedelta
    opens: str

    @property
    def admission(self) -> Admission:
        """How its links are opened."""
        return Admission(f"rondje_{self.name}", f"meals.{self.name}", f"crew-{self.name}", self.lives)

    def by_sign_in(self, page: Page) -> Callable[..., HttpResponse]:
        """The page for who runs the dinners, and for the crew of that evening. Raises NotFound for everybody else."""

        @wraps(page)
        def view(request: HttpRequest, pk: int, **more: object) -> HttpResponse:
            now = clock.now()
            assert isinstance(request.user, User)
            mine = evenings_for(request.user, now).filter(pk=pk)
            evening = doors.only(EVENINGS.filter(pk__in=mine.values("pk")))
            runs = runs_dinners(request.user, evening.resto.organisation_id)
            reader = Reader(self.name, evening, actors.user(request.user.pk), runs)
            with timezone.override(zone_of(reader.organisation)):
                return page(request, reader, now, **more)

        return view

    def by_link(self, page: Page) -> Callable[..., HttpResponse]:
        """The same for whoever was texted; before they have opened it, only that there is something."""

        @login_not_required
        @wraps(page)
        def view(request: HttpRequest, token: str, pk: int, **more: object) -> HttpResponse:
            link, evening, now = self._followed(request, token, pk)
            if not self.admission.is_admitted(request, link):
                if request.method == "POST" or page.__name__ != "show" or more:
                    return redirect(f"crew-{self.name}", token=token, pk=pk)
                facts = {"organisation": evening.resto.organisation, "token": token, "evening": evening}
                return render(request, self.opens, facts)
            reader = Reader(self.name, evening, actors.person(link.person_id, "link"), token=token)
            with timezone.override(zone_of(reader.organisation)):
                return page(request, reader, now, **more)

        return view

    def open_link(self) -> Callable[..., HttpResponse]:
        """The button that only a person presses: from here on this browser is shown names."""

        @login_not_required
        @require_POST
        def view(request: HttpRequest, token: str, pk: int) -> HttpResponse:
            link, _evening, now = self._followed(request, token, pk)
            return self.admission.let_in(link, now, token, pk)

        return view

    def _followed(self, request: HttpRequest, token: str, pk: int) -> tuple[DutyLink, Evening, datetime]:
        """The link, its evening, and now. Speaks the language of whoever was texted. Raises NotFound."""
        now = clock.now()
        link, evening = self.follow(token, pk, now)
        speak_unless_chosen(request, link.person.language)
        return link, evening, now
