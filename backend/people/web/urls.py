"""Where absences are seen and ended."""

from django.urls import path

from backend.people.web import views

urlpatterns = [
    path("absences/", views.absences_list, name="absences"),
    path("absences/<int:pk>/end/", views.end, name="absence-end"),
]
