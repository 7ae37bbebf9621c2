"""The waiting list."""

from django.urls import path

from backend.meals.web.views import waiting

urlpatterns = [
    path("evenings/<int:pk>/waiting/", waiting.show, name="resto-waiting"),
    path("waiting/<int:pk>/seat/", waiting.seat, name="resto-waiting-seat"),
    path("waiting/<int:pk>/off/", waiting.take_off, name="resto-waiting-off"),
]
