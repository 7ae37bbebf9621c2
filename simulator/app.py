"""The HTTP faces of the simulator on one port: the carrier's REST API, the control API, the page."""

from __future__ import annotations

from collections.abc import AsyncIterator

from aiohttp import web

from simulator.calls.progress import API_VERSION
from simulator.control.api import ControlApi
from simulator.page.routes import add_page
from simulator.rest.api import RestApi
from simulator.world import World


def build_app(world: World) -> web.Application:
    """The application; it opens and closes the world."""
    app = web.Application()

    async def live(_app: web.Application) -> AsyncIterator[None]:
        await world.open()
        yield
        await world.close()

    async def health(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    app.cleanup_ctx.append(live)
    app.router.add_get("/healthz", health)
    app.add_subapp(f"/{API_VERSION}", RestApi(world).application())
    app.add_subapp("/town", ControlApi(world).application())
    add_page(app)
    return app
