"""Where absences are seen and ended."""

from django.urls import path

from backend.people.web import travelling, views, wishes

urlpatterns = [
    path("absences/", views.absences_list, name="absences"),
    path("absences/<int:pk>/end/", views.end, name="absence-end"),
    path("people/<int:pk>/wishes/", wishes.wishes, name="person-wishes"),
    path("people/<int:pk>/travel/", travelling.travelling, name="person-travel"),
    path("people/<int:pk>/travel/consent/", travelling.consent, name="person-travel-consent"),
    path("people/<int:pk>/travel/withdraw/", travelling.withdraw, name="person-travel-withdraw"),
]
