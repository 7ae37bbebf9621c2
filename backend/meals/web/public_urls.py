"""Where anybody sees the dinners, without an account: apart from the addresses of staff, so that no slug meets one."""

from django.urls import URLPattern, path

from backend.meals.web.views import online, own, programme

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/", programme.show, name="dinner-programme"),
    path("<slug:slug>/agenda.ics", programme.ical, name="dinner-calendar"),
    path("<slug:slug>/code/<str:token>/", online.code, name="dinner-code"),
    path("<slug:slug>/code/<str:token>/again/", online.again, name="dinner-code-again"),
    path("<slug:slug>/<str:day>/", online.reserve, name="dinner-reserve"),
]

own_patterns: list[URLPattern] = [
    path("<str:token>/", own.show, name="dinner-own"),
    path("<str:token>/people/", own.people, name="dinner-own-people"),
    path("<str:token>/cancel/", own.cancel, name="dinner-own-cancel"),
]
"""Short, because they stand in texts."""
