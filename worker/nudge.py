"""The nudge through the broker: one small message without facts, or nothing within half a second."""

from worker.app import SUB_SECOND, app


def send(lane: str) -> None:
    """Have a worker look at a lane soon. Raises what the broker raises; whoever nudges takes that calmly."""
    with app.connection_for_write(
        connect_timeout=SUB_SECOND,
        transport_options={
            "socket_timeout": SUB_SECOND,
            "socket_connect_timeout": SUB_SECOND,
            "max_retries": 0,
        },
    ) as connection:
        app.send_task(
            "worker.look", args=[lane], queue=lane, connection=connection, expires=2, retry=False, ignore_result=True
        )
