"""Where circles are seen."""

from django.urls import path

from backend.circles.web.views import (
    absence,
    capacity,
    duties,
    making,
    members,
    mode,
    paper,
    places,
    practice,
    results,
    ring,
    roster,
)

urlpatterns = [
    path("circles/<int:pk>/", ring.show, name="circle"),
    path("circles/<int:pk>/ring/", ring.panel, name="circle-ring"),
    path("circles/<int:pk>/results/", results.enter, name="circle-results"),
    path("circles/<int:pk>/paper/", paper.show, name="circle-paper"),
    path("circles/<int:pk>/paper/list.pdf", paper.pdf, name="circle-paper-pdf"),
    path("circles/<int:pk>/absence/", absence.report, name="circle-absence"),
    path("organisations/<int:pk>/circles/new/", making.circle, name="new-circle"),
    path("organisations/<int:pk>/templates/new/", making.new_template, name="new-policy-template"),
    path("templates/<int:pk>/", making.template, name="policy-template"),
    path("capacity/", capacity.show, name="capacity"),
    path("circles/<int:pk>/members/", members.show, name="circle-members"),
    path("circles/<int:pk>/members/new/", members.join, name="circle-join"),
    path("circles/<int:pk>/members/<int:member_pk>/consent/", members.consent, name="circle-consent"),
    path("circles/<int:pk>/members/<int:member_pk>/card/", members.card_pdf, name="circle-card"),
    path("circles/<int:pk>/members/<int:member_pk>/place/", places.give, name="circle-place"),
    path("circles/<int:pk>/members/<int:member_pk>/leave/", places.leave, name="circle-leave"),
    path("circles/<int:pk>/members/<int:member_pk>/withdraw/", places.withdraw, name="circle-withdraw"),
    path("circles/<int:pk>/life/<slug:what>/", members.step, name="circle-step"),
    path("circles/<int:pk>/roster/", roster.show, name="circle-roster"),
    path("circles/<int:pk>/roster/print/", roster.printed, name="circle-roster-print"),
    path("circles/<int:pk>/roster/change/<slug:what>/", roster.change, name="circle-roster-change"),
    path("d/<str:token>/", duties.show, name="duties"),
    path("d/<str:token>/open/", duties.open_link, name="duties-open"),
    path("d/<str:token>/offer/<int:circle_pk>/<slug:rank>/<slug:day>/", duties.offer, name="duties-offer"),
    path("d/<str:token>/take/<int:swap_pk>/", duties.take, name="duties-take"),
    path("d/<str:token>/withdraw/<int:swap_pk>/", duties.withdraw, name="duties-withdraw"),
    path("circles/<int:pk>/mode/", mode.choose, name="circle-mode"),
    path("circles/<int:pk>/practice/", practice.practice, name="circle-practice"),
]
