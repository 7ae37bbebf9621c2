"""Where incidents are seen and ended."""

from django.urls import path

from backend.incidents.web.views import staff, volunteer

urlpatterns = [
    path("i/<str:token>/", volunteer.show, name="volunteer"),
    path("i/<str:token>/open/", volunteer.open_link, name="volunteer-open"),
    path("i/<str:token>/claim/", volunteer.claim, name="volunteer-claim"),
    path("i/<str:token>/decline/", volunteer.decline, name="volunteer-decline"),
    path("i/<str:token>/arrived/", volunteer.arrived, name="volunteer-arrived"),
    path("i/<str:token>/outcome/", volunteer.outcome, name="volunteer-outcome"),
    path("i/<str:token>/key/<int:contact_pk>/", volunteer.key_note, name="volunteer-key-note"),
    path("incidents/<int:pk>/", staff.show, name="incident"),
    path("incidents/<int:pk>/state/", staff.panel, name="incident-panel"),
    path("incidents/<int:pk>/claim/", staff.claim, name="incident-claim"),
    path("incidents/<int:pk>/decline/", staff.decline, name="incident-decline"),
    path("incidents/<int:pk>/arrived/", staff.arrived, name="incident-arrived"),
    path("incidents/<int:pk>/outcome/", staff.outcome, name="incident-outcome"),
    path("incidents/<int:pk>/key/<int:contact_pk>/", staff.key_note, name="incident-key-note"),
]
