"""Pages, those of the programmes among them. What holds for all of them is in `routing.pages`."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from backend.meals.web.public_urls import own_patterns
from backend.web import health
from backend.web.routing import pages
from backend.web.views import integrations, machine, manage, signing_in, today

urlpatterns = [
    path("healthz/", health.healthz, name="healthz"),
    path("healthz/parts/", health.at_work, name="healthz-parts"),
    path("demo/clock", health.demo_clock, name="demo-clock"),
    *pages(
        [
            path("", RedirectView.as_view(pattern_name="today"), name="start"),
            path("today/", today.board, name="today"),
            path("today/panels/", today.panels, name="today-panels"),
            path("banners/", machine.banners, name="banners"),
            path("machine/", machine.show, name="machine"),
            path("machine/findings/", machine.findings, name="machine-findings"),
            path("manage/", manage.show, name="manage"),
            path("connections/", integrations.connections, name="connections"),
            path("connections/<str:prefix>/revoke/", integrations.revoke, name="connection-revoke"),
            path("sign-in/", signing_in.sign_in, name="sign-in"),
            path("sign-out/", signing_in.sign_out, name="sign-out"),
            path("language/", login_not_required(set_language), name="set-language"),
            path("", include("backend.people.web.urls")),
            path("", include("backend.notifications.web.urls")),
            path("", include("backend.incidents.web.urls")),
            path("", include("backend.circles.web.urls")),
            path("bus/", include("backend.transport.web.urls")),
            path("resto/", include("backend.meals.web.urls")),
            path("eten/", include("backend.meals.web.public_urls")),
            path("e/", include(own_patterns)),
            path("", include("backend.keeping.web.urls")),
        ]
    ),
]
