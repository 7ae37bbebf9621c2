"""The sentences of a morning, in Dutch and English. Slow, short, one thing at a time."""

from collections.abc import Sequence

from backend.circles.scripts import own_phone_words

NL = {
    "label": "Telefooncirkel {circle}",
    "greet_caller": "Goedemorgen {caller}. Dit is telefooncirkel {circle}. Druk op 1, dan verbinden wij u met {target}. "
    "Druk op 9 als u hulp nodig heeft.",
    "greet_volunteer": "Goedemorgen {caller}. Telefooncirkel {circle} begint. Druk op 1, dan verbinden wij u met "
    "{target}.",
    "greet_last_caller": "Goedemorgen {caller}. Dit is telefooncirkel {circle}. U bent de laatste. Druk op 1, dan "
    "verbinden wij u met de vrijwilliger. Druk op 9 als u hulp nodig heeft.",
    "connecting": "Een ogenblik, wij bellen {target}. U heeft {minutes} minuten. Druk op het sterretje als u klaar bent.",
    "screen": "Goedemorgen {target}. Dit is telefooncirkel {circle}. {caller} wil u spreken. Druk op 1 om verbonden te "
    "worden. Druk op 9 als u hulp nodig heeft.",
    "screen_close": "Goedemorgen {target}. Telefooncirkel {circle} is rond. {summary} Druk op 1, dan spreekt u {caller}.",
    "mate": "Dank u wel. Is {mate} er ook? {mate}, druk op 1.",
    "hold": "Een ogenblik nog, wij bellen {target}. Druk op 9 als u hulp nodig heeft.",
    "joined": "U bent verbonden.",
    "half_minute": "U heeft nog een halve minuut.",
    "stay": "Het gesprek is klaar. Blijf aan de lijn, wij bellen nu {next}. Druk op 9 als u hulp nodig heeft.",
    "stay_alone": "Dank u wel. Blijf aan de lijn, wij bellen nu {next}. Druk op 9 als u hulp nodig heeft.",
    "not_reached": "Wij kunnen {target} nu niet bereiken. Wij blijven het proberen. Dank u wel, en een fijne dag.",
    "menu": "Het gesprek is klaar. Was alles goed met {target}? Druk op 1. Maakt u zich zorgen over {target}? Druk op 2. "
    "Heeft u zelf hulp nodig? Druk op 9.",
    "menu_volunteer": "Het gesprek is klaar. Was alles goed met {target}? Druk op 1. Maakt u zich zorgen over {target}? Druk op 2. "
    "Daarna bellen wij de volgende.",
    "next": "{target} neemt niet op. Wij bellen {target} straks opnieuw. Druk op 1, dan verbinden wij u met {next}.",
    "next_busy": "{target} is in gesprek. Wij bellen {target} straks opnieuw. Druk op 1, dan verbinden wij u met {next}.",
    "not_received": "De vrijwilliger neemt niet op. Wij geven het door. Dank u wel, en een fijne dag.",
    "round": "De cirkel is rond. Dank u wel, en een fijne dag.",
    "well": "Dank u wel, en een fijne dag.",
    "talked": "Dank u wel, en een fijne dag.",
    "worried": "Dank u wel. Wij waarschuwen de vrijwilliger, die gaat kijken bij {target}.",
    "help": "Wij waarschuwen de vrijwilliger nu meteen. Blijf bij de telefoon.",
    "help_text": "Wij waarschuwen nu iemand die naar u toe komt of u belt. Houd uw telefoon bij u. Is er gevaar? Bel 112.",
    "platform": "Goedemorgen {target}. Dit is telefooncirkel {circle}. Gaat het goed met u? Druk op 1. Heeft u hulp nodig? "
    "Druk op 9.",
    "platform_close": "Goedemorgen {target}. Telefooncirkel {circle} is rond. {summary} Druk op 1 als u dit gehoord heeft.",
    "star": "Goedemorgen {target}. Dit is telefooncirkel {circle}. Gaat het goed met u? Druk op 1. Wilt u dat de vrijwilliger "
    "u belt? Druk op 2. Heeft u hulp nodig? Druk op 9.",
    "star_ring_back": "Dank u wel. De vrijwilliger krijgt het nu te horen en belt u. Een fijne dag.",
    "practice": "Dit is een oefening.",
    "offer_volunteer": "Dank u wel, fijn om te horen. Wilt u de vrijwilliger spreken? Druk op 2. Anders kunt u ophangen.",
    "to_volunteer": "Een ogenblik, wij bellen de vrijwilliger.",
    "volunteer_screen": "Dit is telefooncirkel {circle}. {caller} wil u spreken. Druk op 1 om verbonden te worden.",
    "no_volunteer": "De vrijwilliger is nu niet te bereiken. Bel gerust later terug. Een fijne dag.",
    "who": "Goedemorgen. Dit is telefooncirkel {circle}. {choices} Heeft u hulp nodig? Druk op 9.",
    "who_choice": "Bent u {name}? Druk op {digit}.",
    "ring_in_how": "Gaat het goed met u? Druk op 1.",
    "ring_in_worry": "Maakt u zich zorgen over {mate}? Druk op 2.",
    "ring_in_well": "Dank u wel. Wij weten nu dat het goed met u gaat. Een fijne dag.",
    "backup": "Dit is telefooncirkel {circle}. De vrijwilliger van vandaag was er niet bij het begin. De cirkel is gewoon "
    "begonnen. Houd uw telefoon bij u. Druk op 1 als u dit gehoord heeft.",
    "backup_text": "Telefooncirkel {circle}: de vrijwilliger van vandaag was er niet bij het begin. De cirkel is begonnen. "
    "Houd uw telefoon bij u.",
    "everyone_well": "Met iedereen is het goed.",
    "nobody_heard": "Van {names} hebben wij nog niets gehoord; wij bellen door.",
    "did_not_manage": "Het oefenen lukte niet met {names}.",
    "cases": "Over {names} is een melding gedaan.",
    "and": "en",
    "the_volunteer": "de vrijwilliger",
}

EN = {
    "label": "Telephone circle {circle}",
    "greet_caller": "Good morning {caller}. This is telephone circle {circle}. Press 1, and we will connect you with "
    "{target}. Press 9 if you need help.",
    "greet_volunteer": "Good morning {caller}. Telephone circle {circle} begins. Press 1, and we will connect you with "
    "{target}.",
    "greet_last_caller": "Good morning {caller}. This is telephone circle {circle}. You are the last one. Press 1, and we "
    "will connect you with the volunteer. Press 9 if you need help.",
    "connecting": "One moment, we are ringing {target}. You have {minutes} minutes. Press the star key when you are done.",
    "screen": "Good morning {target}. This is telephone circle {circle}. {caller} would like to speak to you. Press 1 to be "
    "connected. Press 9 if you need help.",
    "screen_close": "Good morning {target}. Telephone circle {circle} is round. {summary} Press 1 to speak to {caller}.",
    "mate": "Thank you. Is {mate} there as well? {mate}, press 1.",
    "hold": "One more moment, we are ringing {target}. Press 9 if you need help.",
    "joined": "You are connected.",
    "half_minute": "You have half a minute left.",
    "stay": "The talk is over. Stay on the line, we are now ringing {next}. Press 9 if you need help.",
    "stay_alone": "Thank you. Stay on the line, we are now ringing {next}. Press 9 if you need help.",
    "not_reached": "We cannot reach {target} now. We go on trying. Thank you, and have a good day.",
    "menu": "The talk is over. Was all well with {target}? Press 1. Are you worried about {target}? Press 2. Do you need help "
    "yourself? Press 9.",
    "menu_volunteer": "The talk is over. Was all well with {target}? Press 1. Are you worried about {target}? Press 2. After that "
    "we ring the next one.",
    "next": "{target} does not answer. We will ring {target} again later. Press 1, and we will connect you with {next}.",
    "next_busy": "{target} is engaged. We will ring {target} again later. Press 1, and we will connect you with {next}.",
    "not_received": "The volunteer does not answer. We will pass it on. Thank you, and have a good day.",
    "round": "The circle is round. Thank you, and have a good day.",
    "well": "Thank you, and have a good day.",
    "talked": "Thank you, and have a good day.",
    "worried": "Thank you. We are alerting the volunteer, who will go and see {target}.",
    "help": "We are alerting the volunteer right now. Stay near the telephone.",
    "help_text": "We are alerting somebody now who will come or ring. Keep your telephone with you. Is there danger? Ring 112.",
    "platform": "Good morning {target}. This is telephone circle {circle}. Are you well? Press 1. Do you need help? Press 9.",
    "platform_close": "Good morning {target}. Telephone circle {circle} is round. {summary} Press 1 if you have heard this.",
    "star": "Good morning {target}. This is telephone circle {circle}. Are you well? Press 1. Would you like the volunteer to "
    "ring you? Press 2. Do you need help? Press 9.",
    "star_ring_back": "Thank you. The volunteer is told now and will ring you. Have a good day.",
    "practice": "This is a practice.",
    "offer_volunteer": "Thank you, good to hear. Would you like to speak to the volunteer? Press 2. Otherwise you can hang up.",
    "to_volunteer": "One moment, we are ringing the volunteer.",
    "volunteer_screen": "This is telephone circle {circle}. {caller} would like to speak to you. Press 1 to be connected.",
    "no_volunteer": "The volunteer cannot be reached now. Do ring again later. Have a good day.",
    "who": "Good morning. This is telephone circle {circle}. {choices} Do you need help? Press 9.",
    "who_choice": "Are you {name}? Press {digit}.",
    "ring_in_how": "Are you well? Press 1.",
    "ring_in_worry": "Are you worried about {mate}? Press 2.",
    "ring_in_well": "Thank you. We now know that you are well. Have a good day.",
    "backup": "This is telephone circle {circle}. The volunteer of today was absent at the start. The circle has begun all the "
    "same. Keep your telephone with you. Press 1 if you have heard this.",
    "backup_text": "Telephone circle {circle}: the volunteer of today was absent at the start. The circle has begun. Keep your "
    "telephone with you.",
    "everyone_well": "Everyone is well.",
    "nobody_heard": "We have not heard from {names} yet; we go on ringing.",
    "did_not_manage": "Practising did not work with {names}.",
    "cases": "A case has been opened about {names}.",
    "and": "and",
    "the_volunteer": "the volunteer",
}

CATALOGUES = {"nl": NL | own_phone_words.NL, "en": EN | own_phone_words.EN}


def say(code: str, language: str, **values: object) -> str:
    """A sentence in a language; Dutch where that language has no catalogue."""
    return CATALOGUES.get(language, CATALOGUES["nl"])[code].format(**values)


def listed(names: list[str], language: str) -> str:
    """Names as one says them: "Riet, Sjef en Nel"."""
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} {say('and', language)} {names[-1]}"


def summary(*, unheard: list[str], cases: list[str], language: str, missed: Sequence[str] = ()) -> str:
    """What the volunteer hears at the close: everyone is well, or who is not."""
    parts = []
    if unheard:
        parts.append(say("nobody_heard", language, names=listed(unheard, language)))
    if cases:
        parts.append(say("cases", language, names=listed(cases, language)))
    if missed:
        parts.append(say("did_not_manage", language, names=listed(list(missed), language)))
    return " ".join(parts) or say("everyone_well", language)
