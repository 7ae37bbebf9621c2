"""Where the inbox is, and where messages, their words and their costs are seen."""

from django.urls import path

from backend.notifications.web import costs_page, sent_page, texts_page, views

urlpatterns = [
    path("inbox/", views.show, name="inbox"),
    path("inbox/<int:pk>/dealt-with/", views.deal_with, name="inbox-deal-with"),
    path("sent/", sent_page.show, name="sent"),
    path("costs/", costs_page.show, name="costs"),
    path("costs/download/", costs_page.download, name="costs-download"),
    path("texts/", texts_page.show, name="texts"),
    path("texts/<str:code>/<str:language>/", texts_page.say, name="text-words"),
]
