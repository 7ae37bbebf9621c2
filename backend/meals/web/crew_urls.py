"""Addresses of the crew of the dinners: for who runs them, and volunteers' own behind a link."""

from django.urls import URLPattern, path

from backend.meals.web.views import crew, crew_own, crew_settings

urlpatterns: list[URLPattern] = [
    path("organisations/<int:pk>/crew/", crew.show, name="resto-crew"),
    path("organisations/<int:pk>/crew/new/", crew.new, name="resto-crew-new"),
    path("organisations/<int:pk>/crew/welcome/", crew.welcome, name="resto-crew-welcome"),
    path("organisations/<int:pk>/crew/evenings/", crew.ask_evenings, name="resto-crew-evenings"),
    path("organisations/<int:pk>/crew/settings/", crew_settings.change, name="resto-crew-settings"),
    path("crew/<int:pk>/", crew.member, name="resto-crew-member"),
    path("crew/<int:pk>/change/<slug:what>/", crew.change, name="resto-crew-change"),
    path("organisations/<int:pk>/roster/", crew.roster, name="resto-roster"),
    path("organisations/<int:pk>/roster/print/", crew.printed, name="resto-roster-print"),
    path("roster/<int:pk>/", crew.place, name="resto-job"),
    path("roster/<int:pk>/<slug:what>/", crew.act, name="resto-job-act"),
    path("evenings/<int:pk>/crew/", crew.evening, name="resto-evening-crew"),
    path("evenings/<int:pk>/crew/more/", crew.more, name="resto-evening-crew-more"),
    path("d/<str:token>/", crew_own.show, name="resto-own"),
    path("d/<str:token>/open/", crew_own.open_link, name="resto-own-open"),
    path("d/<str:token>/evenings/<int:pk>/<slug:job>/", crew_own.say, name="resto-own-say"),
    path("d/<str:token>/<slug:what>/<int:pk>/", crew_own.act, name="resto-own-act"),
    path("crew/calendar/<str:signed>/evenings.ics", crew_own.calendar, name="resto-own-calendar"),
]
