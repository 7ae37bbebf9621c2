"""Addresses of the kitchen: each once for who signs in, and once behind the link in a text."""

from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from backend.meals.web.kitchen_readers import KITCHEN
from backend.meals.web.views import kitchen

urlpatterns: list[URLPattern] = [
    path("evenings/<int:pk>/kitchen/", require_safe(KITCHEN.by_sign_in(kitchen.show)), name="resto-kitchen"),
    path("evenings/<int:pk>/kitchen/list.pdf", require_safe(KITCHEN.by_sign_in(kitchen.pdf)), name="resto-kitchen-pdf"),
    path(
        "evenings/<int:pk>/kitchen/do/<slug:what>/",
        require_POST(KITCHEN.by_sign_in(kitchen.act)),
        name="resto-kitchen-do",
    ),
    path("k/<str:token>/<int:pk>/", require_safe(KITCHEN.by_link(kitchen.show)), name="crew-kitchen"),
    path("k/<str:token>/<int:pk>/open/", KITCHEN.open_link(), name="crew-kitchen-open"),
    path("k/<str:token>/<int:pk>/list.pdf", require_safe(KITCHEN.by_link(kitchen.pdf)), name="crew-kitchen-pdf"),
    path("k/<str:token>/<int:pk>/do/<slug:what>/", require_POST(KITCHEN.by_link(kitchen.act)), name="crew-kitchen-do"),
]
