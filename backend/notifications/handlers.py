"""What notifications themselves lead: the answers to texts, texts that are read out, and rules of no programme."""

from backend.events.registry import on_timer
from backend.notifications import texts
from backend.notifications.hosts import QuietHost
from backend.notifications.menu import absences as menu_absences
from backend.notifications.menu.leading import MenuHost
from backend.notifications.registry import (
    MENU,
    register_catalogue,
    register_host,
    register_menu_entry,
    register_questions,
    register_templates,
    register_text_rule,
)
from backend.notifications.rules import absences, opting, questions
from backend.notifications.rules import help as cries
from backend.notifications.services import call_backs, crew_texts, incoming, speaking
from backend.notifications.words import WORDS


def register() -> None:
    """Called once, when the app is ready."""
    register_catalogue("notifications", WORDS.languages)
    register_host(speaking.HOST, speaking.ReadingHost())
    register_host(incoming.HOST, QuietHost())
    register_templates(*texts.TEMPLATES)
    register_host(call_backs.HOST, call_backs.CallBackHost())
    register_host(MENU, MenuHost())
    register_menu_entry(menu_absences.AWAY)
    register_menu_entry(menu_absences.BACK)
    on_timer(call_backs.TIMER, call_backs.look)
    register_text_rule(opting.NAME, opting.answer, order=10)
    register_text_rule(cries.NAME, cries.answer, order=25)
    register_text_rule(crew_texts.NAME, crew_texts.understand, order=crew_texts.ORDER)
    register_questions(crew_texts.NAME, crew_texts.open_to, crew_texts.nothing_late)
    register_text_rule(questions.NAME, questions.understand, order=questions.ORDER)
    register_text_rule(absences.NAME, absences.answer, order=50)
