#!/usr/bin/env python
"""Django's command line for Rondje.

Beside a running `make run` it uses that town's database, so that `manage.py tally` answers what the pages show.
"""

import os
import sys
from importlib.util import find_spec

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
    # An image holds the product only: no town can run beside it.
    if find_spec("stack"):
        from stack.running import adopt_environment

        adopt_environment(os.environ)

    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        sys.exit(
            "The database does not answer. Start a town with `make run` in another window, or set DATABASE_URL.\n"
            f"({str(error).splitlines()[0]})"
        )
