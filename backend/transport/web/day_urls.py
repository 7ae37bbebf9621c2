"""Where the day of a trip is seen: the list of driver and host."""

from django.urls import URLPattern, path

from backend.transport.web.views import crew_manifest, manifest

urlpatterns: list[URLPattern] = [
    path("worker.js", manifest.worker, name="manifest-worker"),
    path("trips/<int:pk>/manifest/", manifest.show, name="manifest"),
    path("trips/<int:pk>/manifest/tick/", manifest.tick, name="manifest-tick"),
    path("trips/<int:pk>/manifest/start/", manifest.start, name="manifest-start"),
    path("trips/<int:pk>/manifest/close/", manifest.close, name="manifest-close"),
    path("trips/<int:pk>/manifest/link/", manifest.send_link, name="manifest-link"),
    path("trips/<int:pk>/manifest.pdf", manifest.pdf, name="manifest-pdf"),
    path("trips/<int:pk>/paper/", manifest.paper, name="manifest-paper"),
    path("trips/<int:pk>/entries/", manifest.entries, name="manifest-entries"),
    path("m/<str:token>/", crew_manifest.show, name="crew-manifest"),
    path("m/<str:token>/open/", crew_manifest.open_link, name="crew-manifest-open"),
    path("m/<str:token>/tick/", crew_manifest.tick, name="crew-manifest-tick"),
    path("m/<str:token>/start/", crew_manifest.start, name="crew-manifest-start"),
    path("m/<str:token>/close/", crew_manifest.close, name="crew-manifest-close"),
    path("m/<str:token>/money/", crew_manifest.money, name="crew-manifest-money"),
    path("m/<str:token>/entries/", crew_manifest.entries, name="crew-manifest-entries"),
]
