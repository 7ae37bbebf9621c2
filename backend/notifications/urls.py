"""Where the carrier reaches us."""

from django.urls import path

from backend.notifications.carriers.twilio import webhooks

urlpatterns = [
    path("voice/<uuid:attempt>/<str:what>/<int:step>", webhooks.voice, name="carrier-voice"),
    path("status/<uuid:attempt>", webhooks.status, name="carrier-status"),
    path("inbound/voice", webhooks.inbound_voice, name="carrier-inbound-voice"),
    path("inbound/text", webhooks.inbound_text, name="carrier-inbound-text"),
]
