"""The list of a trip as tests read it, tick on it, and send what was ticked."""

import uuid
from typing import Any

from django.test import Client
from django.urls import reverse

from backend.people.models import Organisation, Role, User
from backend.transport.models import Ride, Trip
from tests.integration.web import mornings
from tests.integration.web.mornings import at


def signed_in(trip: Trip, kind: Role.Kind, email: str = "", organisation: Organisation | None = None) -> Client:
    user = mornings.a_user(f"{kind}-{email}", organisation or trip.organisation, kind)
    User.objects.filter(pk=user.pk).update(email=email)
    client = Client()
    client.force_login(user)
    return client


def ride(name: str, way: str = "there") -> Ride:
    return Ride.objects.get(booking__person__given_name=name, way=way)


def page(client: Client, trip: Trip) -> str:
    answer = client.get(reverse("manifest", args=[trip.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def an_entry(name: str, what: str, clock_: str, way: str = "there", **more: object) -> dict[str, object]:
    known = {"id": str(uuid.uuid4()), "ride": ride(name, way).pk, "what": what, "at": at(clock_).isoformat()}
    return {**known, "version": 0, **more}


def send(client: Client, address: str, *entries: object, device_now: str = "09:00") -> Any:
    body = {"device_now": at(device_now).isoformat(), "entries": list(entries)}
    answer = client.post(address, body, content_type="application/json")
    assert answer.status_code == 200
    return answer.json()


def tick(client: Client, trip: Trip, name: str, what: str, *, way: str = "there", key: str = "") -> Any:
    posted = {"key": key or str(uuid.uuid4()), "ride": ride(name, way).pk, "what": what, "version": trip.plan_version}
    return client.post(reverse("manifest-tick", args=[trip.pk]), posted, follow=True)
