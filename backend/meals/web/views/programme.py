"""The programme of a resto, for anybody: no account, no cookie, nobody's name."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from backend.events import clock
from backend.meals.models import Evening
from backend.meals.printing import calendar
from backend.meals.selectors import programme
from backend.meals.web.public_words import FOODS, LEFT, SIGNS
from backend.meals.web.speaking import asked, speaks
from backend.people.selectors import local_date

BEHIND = timedelta(days=31)
"""Evenings that were so long ago stay in calendars."""

FRESH = 60
"""Seconds for which what was answered may be shown again: chairs go fast on some evenings."""


@login_not_required
@require_safe
@cache_control(public=True, max_age=FRESH)
@vary_on_headers("Accept-Language", "Cookie")
@speaks
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is to eat in the coming weeks, and how to reserve."""
    told = programme.programme(programme.public_resto(slug), clock.now())
    evenings = [
        {
            "evening": one.evening,
            "left": one.left,
            "said": LEFT[one.left],
            "sign": SIGNS[one.left],
            "dishes": [
                (
                    dish.name,
                    [(name, [FOODS[food] for food in without if food in FOODS]) for name, without in dish.instead],
                )
                for dish in one.dishes
            ],
        }
        for one in told.evenings
    ]
    facts = {
        "resto": told.resto,
        "organisation": told.resto.organisation,
        "evenings": evenings,
        "closed": told.closed,
        "prices": told.prices,
        "asked": asked(request),
    }
    return render(request, "meals/public_programme.html", facts)


@login_not_required
@require_safe
@cache_control(public=True, max_age=FRESH)
def ical(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme as a calendar to subscribe to."""
    resto, now = programme.public_resto(slug), clock.now()
    known = Evening.objects.filter(resto=resto, date__gte=local_date(resto.organisation, now) - BEHIND)
    evenings = list(known.order_by("date").prefetch_related("courses"))
    return HttpResponse(calendar.as_ical(resto, evenings, now=now), content_type="text/calendar; charset=utf-8")
