"""What gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

application = get_wsgi_application()

# What is loaded now stays. Looked through by every full collection, it would hold up a page, or somebody on the line.
gc.collect()
gc.freeze()
