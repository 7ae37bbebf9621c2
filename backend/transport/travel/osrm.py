"""OSRM's table service: https://project-osrm.org/docs/v5.24.0/api/#table-service."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel

from backend.transport.domain.places import Place
from backend.transport.travel.answers import Roads, Seconds, answer


class _Table(BaseModel):
    code: Literal["Ok"]
    durations: list[list[Seconds | None]]


def ask(address: str, places: Sequence[Place]) -> Roads:
    """The drives by car between places. Raises NoAnswer."""
    points = ";".join(f"{place.longitude:.5f},{place.latitude:.5f}" for place in places)
    url = f"{address}/table/v1/driving/{points}?annotations=duration&generate_hints=false"
    return answer(url, lambda body: _Table.model_validate_json(body).durations, len(places))
