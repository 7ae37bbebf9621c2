from django.apps import AppConfig


class CirclesConfig(AppConfig):
    name = "backend.circles"
    label = "circles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from backend.circles import entries, handlers  # noqa: PLC0415 -- models must be loaded first

        handlers.register()
        entries.register()
