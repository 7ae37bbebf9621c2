"""Moments as a scenario file writes them."""

from datetime import time
from typing import Annotated, Any

from pydantic import BeforeValidator, Field


def _span_or_time(value: Any) -> Any:
    """Seconds since the beginning; or a wall time, which has to be in quotes because YAML reads 10:05 as 605."""
    if isinstance(value, str):
        try:
            return time.fromisoformat(value)
        except ValueError as error:
            raise ValueError(f'{value!r} is neither seconds nor a wall time such as "09:05"') from error
    return value


At = Annotated[time | Annotated[float, Field(ge=0)], BeforeValidator(_span_or_time)]
"""Scenario seconds since `begin`, or a wall time of the day."""
