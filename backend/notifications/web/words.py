"""What the pages call the things in the inbox."""

from django.utils.translation import gettext_lazy as _

from backend.notifications.models import InboxItem

KINDS = {
    InboxItem.Kind.TEXT: _("A text that was not understood"),
    InboxItem.Kind.CALL_BACK: _("Wants to be rung back"),
    InboxItem.Kind.STOPPED_TEXTS: _("On duty, but receives no texts any more"),
    InboxItem.Kind.UNCONFIRMED: _("Hung up before confirming"),
}
