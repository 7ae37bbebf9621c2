"""Addresses of drivers and hosts: for who runs the bus, and their own behind a link."""

from django.urls import URLPattern, path

from backend.transport.web.views import crew, crew_own

urlpatterns: list[URLPattern] = [
    path("organisations/<int:pk>/crew/", crew.show, name="bus-crew"),
    path("organisations/<int:pk>/crew/new/", crew.new, name="bus-crew-new"),
    path("organisations/<int:pk>/crew/dates/", crew.ask_dates, name="bus-crew-dates"),
    path("crew/<int:pk>/", crew.member, name="bus-crew-member"),
    path("crew/<int:pk>/change/<slug:what>/", crew.change, name="bus-crew-change"),
    path("crew/<int:pk>/when/", crew.when, name="bus-crew-when"),
    path("organisations/<int:pk>/roster/", crew.roster, name="bus-roster"),
    path("organisations/<int:pk>/roster/print/", crew.printed, name="bus-roster-print"),
    path("roster/<int:pk>/", crew.place, name="bus-duty"),
    path("roster/<int:pk>/<slug:what>/", crew.act, name="bus-duty-act"),
    path("d/<str:token>/", crew_own.show, name="bus-own"),
    path("d/<str:token>/open/", crew_own.open_link, name="bus-own-open"),
    path("d/<str:token>/when/", crew_own.when, name="bus-own-when"),
    path("d/<str:token>/<slug:what>/<int:duty_pk>/", crew_own.act, name="bus-own-act"),
]
