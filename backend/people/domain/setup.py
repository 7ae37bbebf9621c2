"""What every description of a sample organisation is made of: by a scenario file, or by the demo. Pure."""

import re
from datetime import time
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from backend.common.clock import DEFAULT_ZONE
from backend.common.errors import RondjeError
from backend.people.domain.duty import DutyPolicy
from backend.people.domain.telephone import is_forbidden

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def _number(text: str) -> str:
    if not _E164.fullmatch(text):
        raise ValueError(f"{text!r} is not a telephone number in international form, such as +31130001211")
    if is_forbidden(text):
        raise ValueError(f"{text!r} is an emergency or service number, which is never rung")
    return text


def _wall_time(value: Any) -> Any:
    if isinstance(value, int | float):
        # YAML 1.1 reads 10:05 as a number in base sixty.
        raise ValueError('put the time in quotes, such as "10:05"')
    return value


Number = Annotated[str, AfterValidator(_number)]
"""A telephone number in E.164."""
WallTime = Annotated[time, BeforeValidator(_wall_time)]
"""Local wall time of the organisation."""
Name = Annotated[str, Field(min_length=1, max_length=120)]
At = tuple[Annotated[float, Field(ge=-90, le=90)], Annotated[float, Field(ge=-180, le=180)]]
"""A place on the map, latitude first: degrees, WGS 84."""


class Strict(BaseModel):
    """Refuses what it does not know, so that a misspelt field is not silently ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OrganisationSetup(Strict):
    """`number` rings people and is rung by them; `duty_number` answers day and night; `duty`: see `DutyPolicy`.

    `email` is where lists on paper go, `evening` when tomorrow's does, if not at the usual hour.
    """

    name: Name
    number: Number
    duty_number: Number
    language: Literal["nl", "en"] = "nl"
    timezone: str = DEFAULT_ZONE
    duty: dict[str, Any] = {}
    email: str = ""
    evening: WallTime | None = None

    @model_validator(mode="after")
    def _roster_could_be_kept(self) -> Self:
        try:
            DutyPolicy.of(self.duty)
        except RondjeError as error:
            raise ValueError(error.message) from error
        return self
