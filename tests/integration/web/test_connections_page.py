"""A coordinator gives another system a token, which is shown once, and takes it back."""

import re

from django.test import Client

from backend.people.models import Integration, Organisation


def test_a_token_is_shown_once_and_works_until_it_is_taken_back(staff: Client, organisation: Organisation) -> None:
    made = staff.post("/connections/", {"organisation": organisation.pk, "name": "Het dossier", "may_write": "on"})
    token = re.search(r'id="token">([^<]+)<', made.content.decode())
    assert token is not None
    headers = {"Authorization": f"Bearer {token[1]}"}
    assert Client().get("/api/v1/circles/", headers=headers).status_code == 200

    page = staff.get("/connections/").content.decode()
    assert "Het dossier" in page
    assert token[1] not in page

    prefix = Integration.objects.get().prefix
    assert staff.post(f"/connections/{prefix}/revoke/").status_code == 302
    assert Client().get("/api/v1/circles/", headers=headers).status_code == 401
    assert "gesloten" in staff.get("/connections/").content.decode()


def test_without_a_name_nothing_is_made(staff: Client, organisation: Organisation) -> None:
    answer = staff.post("/connections/", {"organisation": organisation.pk, "name": " "})
    assert answer.status_code == 422
    assert Integration.objects.count() == 0


def test_for_another_organisation_nothing_is_made(staff: Client, organisation: Organisation) -> None:
    other = Organisation.objects.create(slug="west", name="West", phone="+31130008000", duty_phone="+31130008001")
    answer = staff.post("/connections/", {"organisation": other.pk, "name": "Het dossier"})
    assert answer.status_code == 422
    assert Integration.objects.count() == 0
