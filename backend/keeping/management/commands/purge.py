"""`manage.py purge`: count what is over and remove what has been kept long enough. The workers do it every hour."""

from typing import Any

from django.core.management.base import BaseCommand

from backend.events import clock
from backend.keeping.services import forgetting, purging


class Command(BaseCommand):
    help = "Removes what has been kept long enough, after it was counted. Never what is open. May be run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        forgetting.forget_what_is_left()
        for done in purging.purge(clock.now()):
            whose = done.organisation.slug if done.organisation else "all"
            self.stdout.write(f"{whose}: {done.rows} × {done.kind}, older than {done.older_than:%Y-%m-%d}")
        self.stdout.write("Nothing (more) to remove.")
