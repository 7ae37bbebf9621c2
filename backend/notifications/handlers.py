"""What notifications themselves lead: the answers to texts, and texts that are read out."""

from backend.notifications import texts
from backend.notifications.registry import register_host, register_templates
from backend.notifications.services import incoming, speaking


def register() -> None:
    """Called once, when the app is ready."""
    register_host(speaking.HOST, speaking.ReadingHost())
    register_host(incoming.HOST, incoming.ReplyHost())
    register_templates(*texts.TEMPLATES)
