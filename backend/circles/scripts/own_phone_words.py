"""What is said when members ring one another on their own telephones, in Dutch and English."""

NL = {
    "own_greet": "Goedemorgen {caller}. Dit is telefooncirkel {circle}.",
    "own_missed": "Bent u gebeld, en neemt {next} niet op? Druk op 3, dan verbinden wij u met {onward}.",
    "own_missed_last": "Bent u gebeld, en neemt {next} niet op? Druk op 3.",
    "own_out": "{next} doet vandaag niet mee. Bent u gebeld? Druk op 3, dan verbinden wij u met {onward}.",
    "own_begin": "Neemt {next} niet op? Druk op 3, dan verbinden wij u met {onward}.",
    "own_begin_last": "Neemt {next} niet op? Druk op 3.",
    "own_begin_out": "{next} doet vandaag niet mee. Druk op 3, dan verbinden wij u met {onward}.",
    "own_last": "U bent vandaag de laatste. Bent u gebeld? Druk op 1, dan is de cirkel rond.",
    "own_well": "Wilt u alleen zeggen dat het goed gaat? Druk op 1.",
    "own_not_rung": "Heeft niemand u gebeld? Druk op 4.",
    "own_help": "Heeft u hulp nodig? Druk op 9.",
    "own_other": "Iets anders? Druk op 0.",
    "own_reported": "Dank u wel. Wij waarschuwen de vrijwilliger, die gaat kijken bij {next}. Een ogenblik, wij bellen {onward}. "
    "U heeft {minutes} minuten.",
    "own_put_through": "Een ogenblik, wij bellen {onward}. U heeft {minutes} minuten.",
    "own_reported_round": "Dank u wel. Wij waarschuwen de vrijwilliger, die gaat kijken bij {next}. De cirkel is rond. Een fijne "
    "dag.",
    "own_ring_on": "Dank u wel. Wij zoeken uit waar de cirkel is gestopt. Wilt u nu {onward} bellen? Dan gaat de cirkel verder.",
    "own_next": "{target} neemt ook niet op. Wij bellen {target} straks opnieuw. Druk op 1, dan verbinden wij u met {onward}.",
    "own_next_round": "{target} neemt ook niet op. Wij bellen {target} straks opnieuw. De cirkel is rond. Dank u wel.",
    "own_passed_on": "Dank u wel. {target} belt nu verder. Een fijne dag.",
    "own_screen": "Goedemorgen {target}. Dit is telefooncirkel {circle}. {caller} wil u spreken. Belt u daarna {onward}. Druk op 1 "
    "om verbonden te worden. Druk op 9 als u hulp nodig heeft.",
    "own_screen_last": "Goedemorgen {target}. Dit is telefooncirkel {circle}. {caller} wil u spreken. Daarna is de cirkel rond. "
    "Druk op 1 om verbonden te worden. Druk op 9 als u hulp nodig heeft.",
    "own_check": "Goedemorgen {target}. Dit is telefooncirkel {circle}. De cirkel is vanmorgen niet rond gekomen. Gaat het goed "
    "met u? Druk op 1. Heeft u hulp nodig? Druk op 9.",
    "own_take_over": "Goedemorgen {target}. Dit is telefooncirkel {circle}. Vandaag belt u de volgende, maar eerst: gaat het goed "
    "met u? Druk op 1. Heeft u hulp nodig? Druk op 9.",
    "own_take_over_on": "Dank u wel. Wilt u nu {onward} bellen? Dan gaat de cirkel verder. Een fijne dag.",
}

EN = {
    "own_greet": "Good morning {caller}. This is telephone circle {circle}.",
    "own_missed": "Were you rung, and does {next} not answer? Press 3, and we will connect you with {onward}.",
    "own_missed_last": "Were you rung, and does {next} not answer? Press 3.",
    "own_out": "{next} does not take part today. Were you rung? Press 3, and we will connect you with {onward}.",
    "own_begin": "Does {next} not answer? Press 3, and we will connect you with {onward}.",
    "own_begin_last": "Does {next} not answer? Press 3.",
    "own_begin_out": "{next} does not take part today. Press 3, and we will connect you with {onward}.",
    "own_last": "You are the last one today. Were you rung? Press 1, and the circle is round.",
    "own_well": "Would you only like to say that you are well? Press 1.",
    "own_not_rung": "Has nobody rung you? Press 4.",
    "own_help": "Do you need help? Press 9.",
    "own_other": "Anything else? Press 0.",
    "own_reported": "Thank you. We are alerting the volunteer, who will go and see {next}. One moment, we are ringing {onward}. "
    "You have {minutes} minutes.",
    "own_put_through": "One moment, we are ringing {onward}. You have {minutes} minutes.",
    "own_reported_round": "Thank you. We are alerting the volunteer, who will go and see {next}. The circle is round. Have a good "
    "day.",
    "own_ring_on": "Thank you. We will find out where the circle has stopped. Would you ring {onward} now? Then the circle goes on.",
    "own_next": "{target} does not answer either. We will ring {target} again later. Press 1, and we will connect you with "
    "{onward}.",
    "own_next_round": "{target} does not answer either. We will ring {target} again later. The circle is round. Thank you.",
    "own_passed_on": "Thank you. {target} rings on now. Have a good day.",
    "own_screen": "Good morning {target}. This is telephone circle {circle}. {caller} would like to speak to you. After that, "
    "please ring {onward}. Press 1 to be connected. Press 9 if you need help.",
    "own_screen_last": "Good morning {target}. This is telephone circle {circle}. {caller} would like to speak to you. After that "
    "the circle is round. Press 1 to be connected. Press 9 if you need help.",
    "own_check": "Good morning {target}. This is telephone circle {circle}. The circle has not become round this morning. Are you "
    "well? Press 1. Do you need help? Press 9.",
    "own_take_over": "Good morning {target}. This is telephone circle {circle}. You ring the next one today, but first: are you "
    "well? Press 1. Do you need help? Press 9.",
    "own_take_over_on": "Thank you. Would you ring {onward} now? Then the circle goes on. Have a good day.",
}
