"""Where one sees what is kept, and has it exported or erased."""

from django.urls import path

from backend.keeping.web.views import overview, people

urlpatterns = [
    path("keeping/", overview.show, name="keeping"),
    path("people/", people.everybody, name="people"),
    path("people/<int:pk>/data/", people.data, name="person-data"),
    path("people/<int:pk>/data.json", people.as_json, name="person-json"),
    path("people/<int:pk>/erase/", people.erase, name="person-erase"),
]
