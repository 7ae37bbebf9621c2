"""News about a circle, in Dutch and English."""

NL = {
    "paused": "Telefooncirkel {circle} stopt voorlopig. U wordt niet gebeld. U hoort van ons wanneer wij weer beginnen.",
    "paused_until": "Telefooncirkel {circle} stopt tijdelijk, tot en met {day}. U wordt in die tijd niet gebeld.",
    "resumed": "Telefooncirkel {circle} begint weer, op {day}. U wordt dan weer gebeld.",
    "closed": "Telefooncirkel {circle} is gestopt. U wordt niet meer gebeld. De coördinator belt u als u vragen heeft.",
    "transferred": "Telefooncirkel {circle} hoort nu bij {organisation}. Vanaf {day} belt {phone} u. Vragen? Bel {duty_phone}.",
    "not_resumed": "Telefooncirkel {circle}: de pauze is voorbij, maar de cirkel kan niet verder. Kijk op de pagina van de cirkel.",
    "heard": "{news} Druk op 1 als u dit gehoord heeft.",
    "thanks": "Dank u wel.",
}

EN = {
    "paused": "Telephone circle {circle} stops for now. You will not be rung. You will hear when we begin again.",
    "paused_until": "Telephone circle {circle} stops for a while, up to and including {day}. You will not be rung in that time.",
    "resumed": "Telephone circle {circle} begins again on {day}. You will be rung again then.",
    "closed": "Telephone circle {circle} has ended. You will not be rung any more. The coordinator will ring you if you have questions.",
    "transferred": "Telephone circle {circle} belongs to {organisation} now. From {day} on {phone} rings you. Questions? Ring {duty_phone}.",
    "not_resumed": "Telephone circle {circle}: the pause is over, but the circle cannot go on. See the circle's page.",
    "heard": "{news} Press 1 if you have heard this.",
    "thanks": "Thank you.",
}

CATALOGUES = {"nl": NL, "en": EN}


def say(code: str, language: str, **names: str) -> str:
    """A sentence of the catalogue; in Dutch where a language has none."""
    return CATALOGUES.get(language, NL)[code].format(**names)
