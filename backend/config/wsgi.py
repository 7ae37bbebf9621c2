"""What gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

application = get_wsgi_application()

# What is loaded now stays. Looked through by every full collection, it would hold up a page, or somebody on the line.
get_resolver().url_patterns  # noqa: B018 -- loads every page, which the first visitor would have waited for
gc.collect()
gc.freeze()
