"""Where circles are seen."""

from django.urls import path

from backend.circles.web.views import absence, ring

urlpatterns = [
    path("circles/<int:pk>/", ring.show, name="circle"),
    path("circles/<int:pk>/ring/", ring.panel, name="circle-ring"),
    path("circles/<int:pk>/absence/", absence.report, name="circle-absence"),
]
