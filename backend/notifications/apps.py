from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "backend.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from backend.notifications import checks, handlers  # noqa: F401, PLC0415 -- registers the system checks

        handlers.register()
