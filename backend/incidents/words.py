"""What is texted back to somebody who answers an alert by text, in Dutch and English."""

from backend.common.languages import Catalogue

NL = {
    "codes": "Antwoord ER als u er bent. Daarna: 1 gaat goed, 2 hulp nodig, 3 ziekenhuis, 4 vals alarm, 5 sleutel past niet, 6 "
    "112 gebeld.",
    "codes_round": "Antwoord 1 als u alles hebt nagegaan.",
    "codes_duty": "Antwoord 1 als het geregeld is: er is morgen iemand.",
    "claimed": "{label}: {codes}",
    "taken": "{label}: {name} heeft deze melding al. U hoeft niets te doen. Dank u wel.",
    "closed": "{label}: deze melding is al afgesloten. Er is niets veranderd. Klopt dat niet? Bel {phone}.",
    "declined": "{label}: dank u wel. Wij vragen nu de volgende.",
    "arrived": "{label}: genoteerd, u bent er. Wat vond u? 1 gaat goed, 2 hulp nodig, 3 ziekenhuis, 4 vals alarm, 5 sleutel "
    "past niet, 6 112 gebeld.",
    "noted": "{label}: genoteerd: {outcome}. De melding is afgesloten. Dank u wel.",
    "noted_open": "{label}: genoteerd: {outcome}. De melding blijft open. {codes}",
    "key_failed": "{label}: genoteerd: sleutel past niet. Wij vragen er nu iemand bij. {codes}",
    "no_such_code": "{label}: {number} kennen wij niet. {codes}",
    "per_person": "{label}: deze melding gaat over {count} mensen. Leg per persoon vast wat u vond: {link}",
    "first_claim": "{label}: neemt u deze melding op u? Antwoord JA of NEE. Wat u vond, legt u daarna vast.",
    "which": "U heeft {count} meldingen. Antwoord {answers}. {list}",
    "or": "of",
    "yes": "JA",
    "no": "NEE",
    "there": "ER",
    "code": "{code} bij",
    "unclear": "Wij begrijpen uw bericht niet vanzelf. Neemt u de melding op u? Antwoord JA of NEE. Of bel {phone}.",
    "unclear_mine": "Wij begrijpen uw bericht niet vanzelf. {codes} Of bel {phone}.",
    "help_coming": "{label}: wij vragen er nu meteen anderen bij. Is er gevaar? Bel 112.",
    "offer_cases": "Er wacht een melding op u. Druk op 5 om die te horen.",
    "no_more_cases": "Er zijn geen andere meldingen voor u. Dank u wel.",
    "found_well": "gaat goed",
    "needed_help": "hulp nodig",
    "hospital": "ziekenhuis",
    "false_alarm": "vals alarm",
    "emergency_called": "112 gebeld",
    "received": "nagegaan",
    "arranged": "geregeld",
}

EN = {
    "codes": "Answer THERE on arrival. Then: 1 is well, 2 needed help, 3 hospital, 4 false alarm, 5 key does not work, 6 112 "
    "called.",
    "codes_round": "Answer 1 when you have gone through all of it.",
    "codes_duty": "Answer 1 when it has been arranged: somebody will be there tomorrow.",
    "claimed": "{label}: {codes}",
    "taken": "{label}: {name} has this case already. You need do nothing. Thank you.",
    "closed": "{label}: this case is closed already. Nothing has changed. Is that wrong? Ring {phone}.",
    "declined": "{label}: thank you. We are asking the next person now.",
    "arrived": "{label}: noted, you are there. What did you find? 1 is well, 2 needed help, 3 hospital, 4 false alarm, 5 key does "
    "not work, 6 112 called.",
    "noted": "{label}: noted: {outcome}. The case is closed. Thank you.",
    "noted_open": "{label}: noted: {outcome}. The case stays open. {codes}",
    "key_failed": "{label}: noted: key does not work. We are asking somebody else to come as well. {codes}",
    "no_such_code": "{label}: we do not know {number}. {codes}",
    "per_person": "{label}: this case is about {count} people. Record for each what you found: {link}",
    "first_claim": "{label}: will you take this case? Answer YES or NO. What you found is recorded after that.",
    "which": "You have {count} cases. Answer {answers}. {list}",
    "or": "or",
    "yes": "YES",
    "no": "NO",
    "there": "THERE",
    "code": "{code} for",
    "unclear": "Your message is not understood by itself. Will you take the case? Answer YES or NO. Or ring {phone}.",
    "unclear_mine": "Your message is not understood by itself. {codes} Or ring {phone}.",
    "help_coming": "{label}: we are asking others to come at once. Is there danger? Ring 112.",
    "offer_cases": "A case is waiting for you. Press 5 to hear it.",
    "no_more_cases": "There are no other cases for you. Thank you.",
    "found_well": "is well",
    "needed_help": "needed help",
    "hospital": "hospital",
    "false_alarm": "false alarm",
    "emergency_called": "112 called",
    "received": "gone through",
    "arranged": "arranged",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
