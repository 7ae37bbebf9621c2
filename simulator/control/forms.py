"""Reads the JSON bodies of the control API."""

from __future__ import annotations

import json
from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel, ConfigDict, TypeAdapter

from simulator.errors import TownError

Shape = TypeVar("Shape")


class Strict(BaseModel):
    """Refuses what it does not know, so that a misspelt field is not silently ignored."""

    model_config = ConfigDict(extra="forbid")


async def read(request: web.Request, shape: TypeAdapter[Shape]) -> Shape:
    """The body in this shape. Raises TownError (400) when it is no JSON, and pydantic.ValidationError."""
    try:
        return shape.validate_python(json.loads(await request.text()))
    except json.JSONDecodeError as error:
        raise TownError(f"The body is not JSON: {error}.", 400) from error
