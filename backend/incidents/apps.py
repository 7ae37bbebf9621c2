from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "backend.incidents"
    label = "incidents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from backend.incidents import handlers  # noqa: PLC0415 -- models must be loaded first

        handlers.register()
