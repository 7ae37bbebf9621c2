from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "backend.web"
    label = "web"

    def ready(self) -> None:
        # The programmes' views need loaded models, and may not import what lies above them: so we fetch their panels.
        from backend.circles.web import board as circles  # noqa: PLC0415
        from backend.circles.web import practice  # noqa: PLC0415
        from backend.circles.web.rosters import duty_gaps  # noqa: PLC0415
        from backend.circles.web.transfers import open_offers  # noqa: PLC0415
        from backend.incidents.web import board as incidents  # noqa: PLC0415
        from backend.meals.web.closing import unclosed  # noqa: PLC0415
        from backend.meals.web.crew import gaps_ahead as dinner_gaps  # noqa: PLC0415
        from backend.meals.web.crew_today import own_evenings  # noqa: PLC0415
        from backend.meals.web.overview import tonights_dinners  # noqa: PLC0415
        from backend.notifications.web import board as notifications  # noqa: PLC0415
        from backend.notifications.web import budgets  # noqa: PLC0415
        from backend.transport.web.crew import gaps_ahead  # noqa: PLC0415
        from backend.transport.web.crew_today import own_trips  # noqa: PLC0415
        from backend.transport.web.overview import todays_trips  # noqa: PLC0415
        from backend.transport.web.papers import ending  # noqa: PLC0415
        from backend.web.panels import Panel, register  # noqa: PLC0415

        register(Panel("incidents", 10, "incidents/_panel.html", incidents.open_cases))
        register(Panel("inbox", 12, "notifications/_panel.html", notifications.open_inbox))
        register(Panel("own-trips", 13, "transport/_own_panel.html", own_trips))
        register(Panel("own-evenings", 13, "meals/_own_panel.html", own_evenings))
        register(Panel("duty", 15, "circles/_duty_panel.html", duty_gaps))
        register(Panel("circles", 20, "circles/_panel.html", circles.todays_circles))
        register(Panel("bus", 22, "transport/_panel.html", todays_trips))
        register(Panel("bus-crew", 23, "transport/_crew_panel.html", gaps_ahead))
        register(Panel("bus-papers", 24, "transport/_papers_panel.html", ending))
        register(Panel("dinners-unclosed", 14, "meals/_unclosed_panel.html", unclosed))
        register(Panel("dinners", 24, "meals/_panel.html", tonights_dinners))
        register(Panel("dinner-crew", 24, "meals/_crew_panel.html", dinner_gaps))
        register(Panel("practice", 25, "circles/_practice_panel.html", practice.recent))
        register(Panel("budget", 27, "notifications/_budget_panel.html", budgets.budgets))
        register(Panel("transfers", 28, "circles/_transfer_panel.html", open_offers))
        register(Panel("numbers", 30, "circles/_numbers_panel.html", circles.members_without_number))
