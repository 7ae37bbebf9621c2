"""Restos, what recurs, single evenings, menus, and the calls to make."""

from django.urls import URLPattern, path

from backend.meals.web.views import calls, evening, places, series

urlpatterns: list[URLPattern] = [
    path("organisations/<int:pk>/restos/", places.index, name="resto-places"),
    path("organisations/<int:pk>/restos/new/", places.new, name="resto-place-new"),
    path("organisations/<int:pk>/settings/", places.settings, name="resto-settings"),
    path("restos/<int:pk>/", places.show, name="resto-place"),
    path("restos/<int:pk>/change/", places.change, name="resto-place-change"),
    path("restos/<int:pk>/add/<slug:what>/", places.add, name="resto-place-add"),
    path("rooms/<int:pk>/", places.room, name="resto-room"),
    path("tables/<int:pk>/", places.table, name="resto-table"),
    path("tables/<int:pk>/remove/", places.remove_table, name="resto-table-remove"),
    path("tariffs/<int:pk>/", places.tariff, name="resto-tariff"),
    path("restos/<int:pk>/series/new/", series.new, name="resto-series-new"),
    path("series/<int:pk>/", series.show, name="resto-series"),
    path("series/<int:pk>/change/", series.change, name="resto-series-change"),
    path("series/<int:pk>/close/", series.close, name="resto-series-close"),
    path("exceptions/<int:pk>/drop/", series.drop_exception, name="resto-exception-drop"),
    path("restos/<int:pk>/evenings/new/", evening.new, name="resto-evening-new"),
    path("evenings/<int:pk>/change/", evening.change, name="resto-evening-change"),
    path("evenings/<int:pk>/cancel/", evening.cancel, name="resto-evening-cancel"),
    path("evenings/<int:pk>/menu/", evening.menu, name="resto-menu"),
    path("calls/", calls.show, name="resto-calls"),
    path("calls/<int:pk>/finish/", calls.finish, name="resto-call-finish"),
]
