"""What circles hang in the one number's menu, and what they understand of texts."""

from backend.circles.scripts.words import CATALOGUES
from backend.circles.services import reports, ringing_in
from backend.notifications.registry import (
    register_catalogue,
    register_help_by_call,
    register_menu_entry,
    register_text_rule,
)


def register() -> None:
    """Called once, when the app is ready."""
    register_catalogue("circles", CATALOGUES)
    register_menu_entry(ringing_in.WELL)
    register_menu_entry(ringing_in.WORRY)
    register_help_by_call("circles", ringing_in.help_by_call)
    register_text_rule(reports.HELP_RULE, reports.help_by_text, order=20)
