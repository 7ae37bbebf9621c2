from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "backend.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from backend.notifications import checks  # noqa: F401, PLC0415 -- registers the system checks
        from backend.notifications.registry import register_host  # noqa: PLC0415 -- models must be loaded first
        from backend.notifications.services import speaking  # noqa: PLC0415

        register_host(speaking.HOST, speaking.ReadingHost())
