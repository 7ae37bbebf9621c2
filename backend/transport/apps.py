from django.apps import AppConfig


class TransportConfig(AppConfig):
    name = "backend.transport"
    label = "transport"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from backend.transport import handlers  # noqa: PLC0415 -- models must be loaded first

        handlers.register()
