"""Celery without tasks, on the real broker."""

import os

from celery import Celery

os.environ["DJANGO_SETTINGS_MODULE"] = "backend.config.settings"
app = Celery("standin", broker=os.environ["REDIS_URL"])
