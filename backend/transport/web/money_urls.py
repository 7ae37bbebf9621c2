"""Money and figures of the bus."""

from django.urls import URLPattern, path

from backend.transport.web.views import figures, money

urlpatterns: list[URLPattern] = [
    path("trips/<int:pk>/money/", money.trip, name="bus-trip-money"),
    path("money/", money.prices, name="bus-money"),
    path("people/<int:pk>/passes/", money.passes, name="bus-passes"),
    path("figures/", figures.show, name="bus-figures"),
    path("figures/<slug:kind>/", figures.download, name="bus-figures-download"),
]
