from django.apps import AppConfig


class MealsConfig(AppConfig):
    name = "backend.meals"
    label = "meals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from backend.meals import handlers  # noqa: PLC0415 -- models must be loaded first

        handlers.register()
