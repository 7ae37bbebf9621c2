"""The Celery application: nudges and ticks, nothing else. Facts and due times are rows in Postgres."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

from django.conf import settings

LANES = ("alarm", "live", "notice", "bulk")

SUB_SECOND = 0.5

app = Celery("rondje")
app.conf.update(
    broker_url=settings.REDIS_URL,
    broker_connection_retry_on_startup=True,
    broker_connection_timeout=2,
    broker_transport_options={
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        "socket_keepalive": True,
        "health_check_interval": 10,
        "visibility_timeout": 60,
    },
    redis_socket_timeout=5,
    task_ignore_result=True,
    task_queues=[Queue(lane) for lane in LANES],
    task_default_queue="notice",
    task_acks_late=False,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_cancel_long_running_tasks_on_connection_loss=False,
    timezone="UTC",
    beat_max_loop_interval=1,
    beat_sync_every=0,
)
app.conf.imports = ["worker.tasks", "worker.guard"]


@beat_init.connect
def declare_schedules(**_kwargs: Any) -> None:
    """Beat's rows are made those that the code declares, each time beat starts."""
    from worker.schedule import synchronise  # noqa: PLC0415 -- needs the apps to be loaded

    synchronise()
