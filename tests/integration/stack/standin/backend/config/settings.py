"""Just enough Django for the tables of beat."""

import os

import environ

SECRET_KEY = os.environ["RONDJE_SECRET_KEY"]
DATABASES = {"default": environ.Env.db_url_config(os.environ["DATABASE_URL"])}
INSTALLED_APPS = ["django_celery_beat", "backend.sample"]
USE_TZ = True
