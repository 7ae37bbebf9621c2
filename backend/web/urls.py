"""Pages that belong to no programme."""

from django.urls import path

from backend.web import health

urlpatterns = [
    path("healthz/", health.healthz, name="healthz"),
    path("demo/clock", health.demo_clock, name="demo-clock"),
]
