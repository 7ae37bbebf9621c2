"""Valhalla's matrix service: https://valhalla.github.io/valhalla/api/matrix/api-reference/."""

import json
from collections.abc import Sequence
from urllib.request import Request

from pydantic import BaseModel

from backend.transport.domain.places import Place
from backend.transport.travel.answers import Roads, Seconds, answer


class _Way(BaseModel):
    time: Seconds | None


class _Matrix(BaseModel):
    sources_to_targets: list[list[_Way]]


def ask(address: str, places: Sequence[Place]) -> Roads:
    """The drives by car between places. Raises NoAnswer."""
    points = [{"lat": round(place.latitude, 5), "lon": round(place.longitude, 5)} for place in places]
    question = {"sources": points, "targets": points, "costing": "auto", "verbose": True}
    request = Request(  # noqa: S310 -- our own setting
        f"{address}/sources_to_targets",
        data=json.dumps(question).encode(),
        headers={"Content-Type": "application/json"},
    )
    return answer(request, _ways, len(places))


def _ways(body: bytes) -> Roads:
    matrix = _Matrix.model_validate_json(body)
    return [[way.time for way in row] for row in matrix.sources_to_targets]
