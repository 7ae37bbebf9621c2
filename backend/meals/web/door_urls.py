"""Addresses of the door: each once for who signs in, and once behind the link in a text."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import URLPattern, path

from backend.meals.services import door_links
from backend.meals.web.readers import Page, Part
from backend.meals.web.views import door, door_end, door_walk_in, tables

PART = Part("door", door_links.evening_behind, timedelta(days=2), "meals/door_open.html")

DOOR = "door/"
"""The list at the door is the first page of those who have a link, and one of many of those who sign in."""

PAGES: tuple[tuple[str, str, Page], ...] = (
    ("", "", door.show),
    ("party/<int:row_pk>/", "-party", door.party),
    ("walk-in/", "-walk-in", door_walk_in.page),
    ("do/<slug:what>/", "-do", door.act),
    ("end/", "-end", door_end.page),
    ("paper/", "-paper", door_end.paper),
)

TABLES: tuple[tuple[str, str, Page], ...] = (
    ("tables/", "-tables", tables.show),
    ("tables/<slug:what>/", "-tables-do", tables.act),
)


def _addresses() -> Iterator[URLPattern]:
    of_door = [(f"{DOOR}{address}", name, page) for address, name, page in PAGES]
    for address, name, page in (*of_door, *TABLES):
        yield path(f"evenings/<int:pk>/{address}", PART.by_sign_in(page), name=f"resto-door{name}")
    for address, name, page in (*PAGES, *TABLES):
        yield path(f"a/<str:token>/<int:pk>/{address}", PART.by_link(page), name=f"crew-door{name}")


urlpatterns: list[URLPattern] = [
    path("a/<str:token>/<int:pk>/open/", PART.open_link(), name="crew-door-open"),
    *_addresses(),
]
