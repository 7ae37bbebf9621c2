"""Reserving, and reservations."""

from django.urls import path

from backend.meals.web.views import desk, guests, reservations

urlpatterns = [
    path("reserve/", desk.find, name="resto-reserve"),
    path("reserve/new/", desk.new, name="resto-reserve-new"),
    path("reserve/<int:pk>/", desk.person, name="resto-reserve-person"),
    path("reservations/<int:pk>/", reservations.show, name="resto-reservation"),
    path("reservations/<int:pk>/change/", reservations.change, name="resto-reservation-change"),
    path("reservations/<int:pk>/cancel/", reservations.cancel, name="resto-reservation-cancel"),
    path("guests/<int:pk>/", guests.show, name="resto-guest"),
    path("guests/<int:pk>/consent/<slug:what>/", guests.consent, name="resto-guest-consent"),
    path("guests/<int:pk>/withdraw/<slug:what>/", guests.withdraw, name="resto-guest-withdraw"),
    path("guests/<int:pk>/<slug:what>/", guests.change, name="resto-guest-change"),
    path("wishes/<int:pk>/drop/", guests.drop_wish, name="resto-wish-drop"),
    path("standing/<int:pk>/<slug:what>/", guests.change_standing, name="resto-standing"),
]
