"""Where the dinners are seen."""

from django.urls import URLPattern, URLResolver, include, path

from backend.meals.web.views import figures, overview

urlpatterns: list[URLPattern | URLResolver] = [
    path("", overview.show, name="resto-overview"),
    path("evenings/<int:pk>/", overview.evening, name="resto-evening"),
    path("", include("backend.meals.web.restos_urls")),
    path("", include("backend.meals.web.crew_urls")),
    path("", include("backend.meals.web.door_urls")),
    path("", include("backend.meals.web.desk_urls")),
    path("", include("backend.meals.web.waiting_urls")),
    path("", include("backend.meals.web.kitchen_urls")),
    path("figures/", figures.show, name="resto-figures"),
    path("figures/<slug:kind>/", figures.download, name="resto-figures-download"),
]
