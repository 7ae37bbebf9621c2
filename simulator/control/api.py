"""The routes of the control API, under /town."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web
from pydantic import TypeAdapter, ValidationError

from simulator.calls.legs import Leg
from simulator.clock import ClockError
from simulator.clock_feed import AnchorForm
from simulator.control import telephones
from simulator.control.accounts import AccountControl
from simulator.control.forms import Strict, read
from simulator.errors import TownError
from simulator.faults import FaultPlan
from simulator.residents.day import DEFAULT_TIMEZONE, Day
from simulator.residents.model import RESIDENTS, Withheld
from simulator.world import World

LONGEST_POLL = 60.0

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class DayForm(Strict):
    """The scenario's day."""

    start: float
    date: date
    timezone: str = DEFAULT_TIMEZONE


class AdvanceForm(Strict):
    """To which scenario time (unix seconds) a frozen clock moves."""

    to: float


class KeysForm(Strict):
    """Keys to press."""

    digits: str


class RingInForm(Strict):
    """Whom to ring, and what is shown of a caller who withholds their number."""

    to: str
    withheld: Withheld | None = None


class TextForm(Strict):
    """A text to send."""

    to: str
    body: str


class ControlApi:
    """The town's control room."""

    def __init__(self, world: World) -> None:
        self._world = world

    def application(self) -> web.Application:
        """The sub-application under /town."""
        app = web.Application(middlewares=[self._errors])
        app.router.add_get("/clock", self._clock)
        app.router.add_put("/clock", self._set_clock)
        app.router.add_post("/clock/advance", self._advance)
        app.router.add_put("/day", self._set_day)
        AccountControl(self._world).add_routes(app.router)
        app.router.add_get("/residents", self._residents)
        app.router.add_put("/residents", self._set_residents)
        app.router.add_get("/faults", self._faults)
        app.router.add_put("/faults", self._set_faults)
        app.router.add_get("/journal", self._journal)
        app.router.add_get("/accepted", self._accepted)
        app.router.add_post("/reset", self._reset)
        app.router.add_get("/phones", self._phones)
        app.router.add_post("/phones/{number}/pick-up", self._pick_up)
        app.router.add_post("/phones/{number}/press", self._press)
        app.router.add_post("/phones/{number}/hang-up", self._hang_up)
        app.router.add_post("/phones/{number}/ring-in", self._ring_in)
        app.router.add_post("/phones/{number}/text", self._text)
        return app

    @web.middleware
    async def _errors(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except ValidationError as error:
            return _refusal(422, "; ".join(_explain(problem) for problem in error.errors()))
        except (TownError, ClockError) as error:
            return _refusal(error.status if isinstance(error, TownError) else 409, str(error))
        except web.HTTPException as error:
            return _refusal(error.status, f"{request.method} {request.path}: {error.reason}.")

    async def _clock(self, _request: web.Request) -> web.Response:
        clock = self._world.clock
        return web.json_response(
            dataclasses.asdict(clock.anchor)
            | {
                "now": clock.now(),
                "now_iso": clock.moment().isoformat(),
                "next_due": clock.next_due(),
                "in_flight": clock.in_flight,
                "timezone": self._world.town.day.timezone.key,
            }
        )

    async def _set_clock(self, request: web.Request) -> web.Response:
        form = await read(request, TypeAdapter(AnchorForm))
        self._world.clock.set_anchor(form.anchor())
        return await self._clock(request)

    async def _advance(self, request: web.Request) -> web.Response:
        form = await read(request, TypeAdapter(AdvanceForm))
        clock = self._world.clock
        await clock.advance(form.to)
        return web.json_response({"virtual": clock.now(), "next_due": clock.next_due()})

    async def _set_day(self, request: web.Request) -> web.Response:
        form = await read(request, TypeAdapter(DayForm))
        try:
            timezone = ZoneInfo(form.timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise TownError(f"There is no time zone {form.timezone!r}.", 422) from error
        self._world.town.set_day(Day(form.start, form.date, timezone))
        return web.json_response(form.model_dump(mode="json"))

    async def _residents(self, _request: web.Request) -> web.Response:
        inhabitants = {id(one): one.resident for one in self._world.town.inhabitants.values()}
        return web.json_response(
            [resident.model_dump(mode="json", exclude_defaults=True) for resident in inhabitants.values()]
        )

    async def _set_residents(self, request: web.Request) -> web.Response:
        self._world.town.settle(await read(request, RESIDENTS))
        return await self._residents(request)

    async def _faults(self, _request: web.Request) -> web.Response:
        return web.json_response(self._world.faults.plan.model_dump(mode="json", by_alias=True))

    async def _set_faults(self, request: web.Request) -> web.Response:
        self._world.fail(await read(request, TypeAdapter(FaultPlan)))
        return await self._faults(request)

    async def _journal(self, request: web.Request) -> web.Response:
        try:
            after = int(request.query.get("after", "0"))
            wait = min(float(request.query.get("wait", "0")), LONGEST_POLL)
        except ValueError as error:
            raise TownError("'after' is the number of an entry, 'wait' is seconds.", 400) from error
        return web.json_response(await self._world.journal.wait_after(after, wait))

    async def _accepted(self, _request: web.Request) -> web.Response:
        return web.json_response(
            [
                dataclasses.asdict(one) | {"at": datetime.fromtimestamp(one.at, UTC).isoformat()}
                for one in self._world.accepted
            ]
        )

    async def _reset(self, _request: web.Request) -> web.Response:
        self._world.reset()
        return web.json_response({"reset": True})

    async def _phones(self, _request: web.Request) -> web.Response:
        return web.json_response(telephones.all_telephones(self._world))

    async def _pick_up(self, request: web.Request) -> web.Response:
        return await self._done(request, telephones.pick_up(self._world, _number(request)))

    async def _press(self, request: web.Request) -> web.Response:
        form = await read(request, TypeAdapter(KeysForm))
        return await self._done(request, telephones.press(self._world, _number(request), form.digits))

    async def _hang_up(self, request: web.Request) -> web.Response:
        return await self._done(request, telephones.hang_up(self._world, _number(request)))

    async def _ring_in(self, request: web.Request) -> web.Response:
        form = await read(request, TypeAdapter(RingInForm))
        return await self._done(request, telephones.ring_in(self._world, _number(request), form.to, form.withheld))

    async def _text(self, request: web.Request) -> web.Response:
        form = await read(request, TypeAdapter(TextForm))
        self._world.send_text(_number(request), form.to, form.body)
        await self._slow_down(request)
        return web.json_response({"sent": True})

    async def _done(self, request: web.Request, leg: Leg) -> web.Response:
        await self._slow_down(request)
        return web.json_response({"call_sid": leg.sid, "status": leg.status})

    async def _slow_down(self, request: web.Request) -> None:
        """A person at the page (`?by=person`), unlike a test, needs the clock at their own pace."""
        if request.query.get("by") == "person":
            await self._world.feed.person_acts()


def _number(request: web.Request) -> str:
    return "+" + request.match_info["number"].strip().lstrip("+")


def _explain(problem: object) -> str:
    assert isinstance(problem, dict), "pydantic gives a mapping per problem"
    where = ".".join(str(part) for part in problem["loc"])
    return f"{where}: {problem['msg']}" if where else str(problem["msg"])


def _refusal(status: int, message: str) -> web.Response:
    return web.json_response({"error": message}, status=status)
