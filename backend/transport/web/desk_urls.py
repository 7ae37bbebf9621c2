"""Booking, bookings, and the calls to make."""

from django.urls import path

from backend.transport.web.views import bookings, calls, desk

urlpatterns = [
    path("book/", desk.find, name="bus-book"),
    path("book/new/", desk.new, name="bus-book-new"),
    path("book/<int:pk>/", desk.person, name="bus-book-person"),
    path("bookings/<int:pk>/", bookings.show, name="bus-booking"),
    path("bookings/<int:pk>/change/", bookings.change, name="bus-booking-change"),
    path("bookings/<int:pk>/cancel/", bookings.cancel, name="bus-booking-cancel"),
    path("calls/", calls.show, name="bus-calls"),
    path("calls/<int:pk>/finish/", calls.finish, name="bus-call-finish"),
]
