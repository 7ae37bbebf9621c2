"""Where everything is: the composition root of the addresses."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("carrier/", include("backend.notifications.urls")),
    path("api/", include("backend.config.api")),
    path("operator/", admin.site.urls),
    path("", include("backend.web.urls")),
]

handler403 = "backend.web.views.errors.forbidden"
handler404 = "backend.web.views.errors.not_found"
handler500 = "backend.web.views.errors.broken"
