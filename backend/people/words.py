"""What one programme says of what another knows of somebody: spoken, texted and on pages; Dutch and English.

No name in it: it is said before anybody has pressed a key.
"""

from backend.common.languages import Catalogue

NL = {
    "seen_rang_in": "Heeft {when} zelf gebeld: alles goed.",
    "seen_on_board": "Stapte {when} in de bus.",
    "seen_home_inside": "Was {when} thuis en binnen.",
    "seen_at_table": "Was {when} bij het eten.",
    "seen": "Is {when} nog gesproken: alles goed.",
    "away_until": "Is afgemeld tot en met {day}.",
    "away": "Is afgemeld; tot wanneer is niet bekend.",
    "engaged_1": "Is met de bus mee van {start} tot {end}.",
    "engaged_2": "Rijdt mee als vrijwilliger van de bus van {start} tot {end}.",
    "engaged_3": "Eet mee van {start} tot {end}.",
    "engaged_4": "Helpt bij het eten van {start} tot {end}.",
    "nothing": "Verder is er vandaag niets over deze persoon bekend.",
    "at": "om {time}",
    "on_day_at": "op {day} om {time}",
    "short_seen": "gezien {time}",
    "short_away": "afgemeld",
    "short_engaged": "op pad",
}

EN = {
    "seen_rang_in": "Rang in {when}: all well.",
    "seen_on_board": "Got into the bus {when}.",
    "seen_home_inside": "Was home and inside {when}.",
    "seen_at_table": "Was at the dinner {when}.",
    "seen": "Was spoken to {when}: all well.",
    "away_until": "Is away until {day}.",
    "away": "Is away; until when is not known.",
    "engaged_1": "Is on the bus from {start} to {end}.",
    "engaged_2": "Is a volunteer on the bus from {start} to {end}.",
    "engaged_3": "Is at the dinner from {start} to {end}.",
    "engaged_4": "Helps at the dinner from {start} to {end}.",
    "nothing": "Nothing else is known of this person today.",
    "at": "at {time}",
    "on_day_at": "on {day} at {time}",
    "short_seen": "seen {time}",
    "short_away": "is away",
    "short_engaged": "is out",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say
