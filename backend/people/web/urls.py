"""Where absences are seen and ended."""

from django.urls import path

from backend.people.web import views, wishes

urlpatterns = [
    path("absences/", views.absences_list, name="absences"),
    path("absences/<int:pk>/end/", views.end, name="absence-end"),
    path("people/<int:pk>/wishes/", wishes.wishes, name="person-wishes"),
]
