"""Where the inbox is."""

from django.urls import path

from backend.notifications.web import views

urlpatterns = [
    path("inbox/", views.show, name="inbox"),
    path("inbox/<int:pk>/dealt-with/", views.deal_with, name="inbox-deal-with"),
]
