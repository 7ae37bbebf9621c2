"""What the kitchen is told: by text, by telephone, by mail, on paper and on its page."""

from collections.abc import Iterable, Mapping

from backend.common.languages import Catalogue
from backend.meals.domain.diets import Food
from backend.meals.domain.kitchen import Change, Cover, Diet, Sheet, What
from backend.meals.food_words import without

NL = {
    "provisional": "{resto}, {day}: voor de boodschappen nu {people} ({parts}).{diets} {link}",
    "final": "{resto}, {day}: kook voor {covers} ({parts}).{diets} Zeg hier dat u het zag: {link}",
    "late": "{resto}, {day}: {changes}. Nu {people}. Zeg hier dat u het zag: {link}",
    "copy": "{resto}, {day}: de laatste aantallen zijn {people} ({parts}).{diets} {link}",
    "final_spoken": "{resto}, {day}: kook voor {covers} ({parts}).{diets}",
    "late_spoken": "{resto}, {day}: {changes}. Nu {people}.",
    "again_spoken": "{resto}, {day}: u hebt nog niet gezegd dat u de aantallen hoorde. Kook voor {covers}.{diets}",
    "again": "{resto}, {day}: u hebt nog niet gezegd dat u de aantallen zag. Kook voor {covers}.{diets} {link}",
    "unseen": "{resto}, {day}: de keuken heeft de aantallen ({people}) niet gezien. Bel de kok{name}, of ga "
    "kijken. {link}",
    "nobody": "{resto}, {day}: er is geen kok die wij de aantallen kunnen sturen ({people}). Geef ze zelf door. {link}",
    "unasked": "{resto}, {day}: {parties} over wat ze eten. Zie de lijst, en vraag het aan de deur. {link}",
    "unasked_spoken": "{resto}, {day}: {parties} over wat ze eten. Kook voor {covers}.{diets}",
    "to_ask": "{resto}, {day}: {parties} over wat ze eten. Bel nu, en zeg het de kok. {link}",
    "unasked_one": "1 gezelschap is nog niet gebeld",
    "unasked_many": "{count} gezelschappen zijn nog niet gebeld",
    "unasked_here": "{parties} over wat ze eten: het kan nog anders worden.",
    "call": "Goedendag, dit is {organisation} over het eten. {text} Hebt u dit gehoord? Druk op 1.",
    "call_thanks": "Dank u wel. We weten dat u het hebt gehoord.",
    "call_no_key": "We hoorden geen toets en proberen het later nog eens.",
    "people_one": "1 eter",
    "people_many": "{count} eters",
    "speakers_one": "1 spreker",
    "speakers_many": "{count} sprekers",
    "guests_one": "1 gast",
    "guests_many": "{count} gasten",
    "parts": "{guests}, {crew} ploeg",
    "parts_speakers": "{guests}, {crew} ploeg, {speakers}",
    "own": "eigen bord: {count}",
    "spare_one": "1 bord extra: niet bekend wie komt",
    "spare_many": "{count} borden extra: niet bekend wie komt",
    "asked": "in eigen woorden gevraagd: {count}",
    "covers_more": "{people} meer",
    "covers_fewer": "{people} minder",
    "diet_more": "{count} meer {diet}",
    "diet_fewer": "{count} minder {diet}",
    "own_more": "{count} eigen bord meer{diet}",
    "own_fewer": "{count} eigen bord minder{diet}",
    "own_other": "een eigen bord is anders{diet}",
    "asked_more": "iemand vroeg iets in eigen woorden (zie de lijst){diet}",
    "asked_fewer": "iemand die iets vroeg in eigen woorden komt niet{diet}",
    "asked_other": "iemand vraagt iets anders in eigen woorden (zie de lijst){diet}",
    "menu": "het menu is anders",
    "cook": "er kookt iemand anders (mee)",
    "nothing": "het is weer zoals eerst",
    "starter": "Voorgerecht",
    "main": "Hoofdgerecht",
    "dessert": "Nagerecht",
    "everything": "eet alles",
    "subject_provisional": "Boodschappen voor {day}: {people}",
    "subject_final": "Kook voor {covers} op {day}",
    "subject_unseen": "De keuken heeft de aantallen van {day} niet gezien",
    "subject_to_ask": "Bel over het eten van {day}: {parties}",
    "subject_nobody": "Geen kok voor de aantallen van {day}",
    "letter": "{resto}, {day}: {people} ({parts}).{diets}\n\nDe lijst voor de keuken is bijgevoegd, om te "
    "printen en op te hangen. Wat daarna verandert, sturen wij de kok.",
    "title": "Keukenlijst",
    "when": "{day}. Deuren {doors}, eten {dinner} uur.",
    "provisional_note": "Voorlopig: dit zijn de aantallen voor de boodschappen. Om {cutoff} uur komen de laatste.",
    "own_title": "Eigen bord, met naam",
    "own_rule": "Maak deze borden apart klaar, met schoon gereedschap, en zet de naam erop.",
    "name": "Naam",
    "not_eaten": "Eet niet",
    "note": "In eigen woorden",
    "ready": "Klaar",
    "asked_title": "In eigen woorden gevraagd",
    "maybe": "komt misschien",
    "unsure_title": "Niet bekend wie komt",
    "unsure_rule": "Maak al deze borden: het zijn er meer dan er mensen komen. Vraag aan de deur wie er is.",
    "unsure_one": "Van deze {plates} borden 1 eter: {what}",
    "unsure_many": "Van deze {plates} borden {count} eters: {what}",
    "diets_title": "Wie eet wat niet",
    "dish": "Gerecht",
    "count": "Aantal",
    "to_make": "Zelf maken: {diet}",
    "to_make_asked": "Zelf maken: zie “In eigen woorden gevraagd”",
    "own_line": "Eigen bord: zie de namen",
    "since_title": "Veranderd sinds {time} uur",
    "no_menu": "Het menu staat er nog niet in.",
    "unnamed": "zonder naam: vraag het aan de deur",
}

EN = {
    "provisional": "{resto}, {day}: for the shopping, {people} so far ({parts}).{diets} {link}",
    "final": "{resto}, {day}: cook for {covers} ({parts}).{diets} Say here that you saw it: {link}",
    "late": "{resto}, {day}: {changes}. Now {people}. Say here that you saw it: {link}",
    "copy": "{resto}, {day}: the final numbers are {people} ({parts}).{diets} {link}",
    "final_spoken": "{resto}, {day}: cook for {covers} ({parts}).{diets}",
    "late_spoken": "{resto}, {day}: {changes}. Now {people}.",
    "again_spoken": "{resto}, {day}: you have not said yet that you heard the numbers. Cook for {covers}.{diets}",
    "again": "{resto}, {day}: you have not said yet that you saw the numbers. Cook for {covers}.{diets} {link}",
    "unseen": "{resto}, {day}: the kitchen has not seen the numbers ({people}). Ring the cook{name}, or go and "
    "look. {link}",
    "nobody": "{resto}, {day}: there is no cook to whom we can send the numbers ({people}). Pass them on "
    "yourself. {link}",
    "unasked": "{resto}, {day}: {parties} about what they eat. See the list, and ask at the door. {link}",
    "unasked_spoken": "{resto}, {day}: {parties} about what they eat. Cook for {covers}.{diets}",
    "to_ask": "{resto}, {day}: {parties} about what they eat. Ring now, and tell the cook. {link}",
    "unasked_one": "1 party has not been rung yet",
    "unasked_many": "{count} parties have not been rung yet",
    "unasked_here": "{parties} about what they eat: it may still be different.",
    "call": "Good day, this is {organisation} about the dinner. {text} Have you heard this? Press 1.",
    "call_thanks": "Thank you. We know that you have heard it.",
    "call_no_key": "We heard no key and will try again later.",
    "people_one": "1 person",
    "people_many": "{count} people",
    "speakers_one": "1 speaker",
    "speakers_many": "{count} speakers",
    "guests_one": "1 guest",
    "guests_many": "{count} guests",
    "parts": "{guests}, {crew} crew",
    "parts_speakers": "{guests}, {crew} crew, {speakers}",
    "own": "plates of their own: {count}",
    "spare_one": "1 plate extra: not known who comes",
    "spare_many": "{count} plates extra: not known who comes",
    "asked": "asked in words: {count}",
    "covers_more": "{people} more",
    "covers_fewer": "{people} fewer",
    "diet_more": "{count} more {diet}",
    "diet_fewer": "{count} fewer {diet}",
    "own_more": "{count} more plate(s) made apart{diet}",
    "own_fewer": "{count} fewer plate(s) made apart{diet}",
    "own_other": "a plate made apart is different{diet}",
    "asked_more": "somebody asked for something in words (see the list){diet}",
    "asked_fewer": "somebody who asked for something in words is not coming{diet}",
    "asked_other": "somebody asks for something else in words (see the list){diet}",
    "menu": "the menu is different",
    "cook": "somebody else cooks (too)",
    "nothing": "it is as it was before",
    "starter": "Starter",
    "main": "Main course",
    "dessert": "Dessert",
    "everything": "eats everything",
    "subject_provisional": "Shopping for {day}: {people}",
    "subject_final": "Cook for {covers} on {day}",
    "subject_unseen": "The kitchen has not seen the numbers of {day}",
    "subject_to_ask": "Ring about the dinner of {day}: {parties}",
    "subject_nobody": "No cook for the numbers of {day}",
    "letter": "{resto}, {day}: {people} ({parts}).{diets}\n\nThe list for the kitchen is enclosed, to print and "
    "put up. We send the cook whatever changes after this.",
    "title": "Kitchen list",
    "when": "{day}. Doors {doors}, dinner {dinner}.",
    "provisional_note": "Provisional: these are the numbers for the shopping. The final ones come at {cutoff}.",
    "own_title": "Plates made apart, with a name",
    "own_rule": "Make these plates apart, with clean tools, and put the name on them.",
    "name": "Name",
    "not_eaten": "Does not eat",
    "note": "In their own words",
    "ready": "Ready",
    "asked_title": "Asked for in words",
    "maybe": "may come",
    "unsure_title": "Not known who comes",
    "unsure_rule": "Make all of these plates: they are more than the people who come. Ask at the door who is here.",
    "unsure_one": "Of these {plates} plates 1 person: {what}",
    "unsure_many": "Of these {plates} plates {count} people: {what}",
    "diets_title": "Who does not eat what",
    "dish": "Dish",
    "count": "How many",
    "to_make": "To be made: {diet}",
    "to_make_asked": "To be made: see “Asked for in words”",
    "own_line": "Made apart: see the names",
    "since_title": "Changed since {time}",
    "no_menu": "The menu has not been entered yet.",
    "unnamed": "no name: ask at the door",
}

WORDS = Catalogue(nl=NL, en=EN)
say = WORDS.say


def counted(what: str, count: int, language: str) -> str:
    """So many people, speakers or guests: 1 guest, 5 guests."""
    return say(f"{what}_one" if count == 1 else f"{what}_many", language, count=count)


def parts(sheet: Sheet, language: str) -> str:
    """For whom is cooked: 40 guests, 8 crew, 1 speaker."""
    guests = counted("guests", sheet.guests, language)
    speakers = counted("speakers", sheet.speakers, language)
    return say(
        "parts_speakers" if sheet.speakers else "parts", language, guests=guests, crew=sheet.crew, speakers=speakers
    )


def diets(sheet: Sheet, language: str) -> str:
    """How many do not eat what, as a sentence with a space in front; empty when everybody eats everything.

    What was asked in words is counted only: whoever is told so reads the words on the list.
    """
    told = [f"{count} {without(diet, language)}" for diet, count in sheet.diets]
    if sheet.own:
        told.append(say("own", language, count=len(sheet.own)))
    if sheet.spare:
        told.append(counted("spare", sheet.spare, language))
    if sheet.asked:
        told.append(say("asked", language, count=len(sheet.asked)))
    return f" {', '.join(told)}." if told else ""


def unsure(sheet: Sheet, language: str) -> list[str]:
    """For each party of which nobody knows who comes: so many of these plates."""
    return [
        say(
            "unsure_one" if one.people == 1 else "unsure_many",
            language,
            count=one.people,
            plates=len(one.plates),
            what="; ".join(_plate(plate, language) for plate in one.plates),
        )
        for one in sheet.unsure
    ]


def _plate(cover: Cover, language: str) -> str:
    name = cover.name or say("unnamed", language) if cover.own_plate else ""
    note = f"“{cover.note}”" if cover.note else ""
    return " ".join(part for part in (name, without(cover.diet, language), note) if part) or say("everything", language)


def unasked(count: int, language: str) -> str:
    """So many parties are to be rung still about what they eat; empty when none is."""
    return say("unasked_here", language, parties=counted("unasked", count, language)) if count else ""


def diet(foods: Diet, language: str) -> str:
    """What somebody does not eat, in words."""
    return without(foods, language) or say("everything", language)


def of_code(written: str, language: str) -> str:
    """The same of a code as it is kept: milk+gluten. What is no food any more is left as it stands."""
    known = Food.__members__.values()
    codes = [code for code in written.split("+") if code]
    if all(code in known for code in codes):
        return without([Food(code) for code in codes], language)
    return written


def change(one: Change, language: str) -> str:
    """What is different, for who cooks: one fewer without gluten."""
    if one.what in (What.MENU, What.COOK):
        return say(one.what.value, language)
    how = "more" if one.by > 0 else "fewer" if one.by else "other"
    named = of_code(one.diet, language)
    if one.what in (What.OWN, What.ASKED):
        named = f" ({named})" if named else ""
    people = counted("people", abs(one.by), language)
    return say(f"{one.what.value}_{how}", language, count=abs(one.by), people=people, diet=named)


def changed(found: Iterable[Change], language: str) -> str:
    """All of it in one sentence."""
    return ", ".join(change(one, language) for one in found) or say("nothing", language)


def read(written: Iterable[Mapping[str, object]]) -> tuple[Change, ...]:
    """Changes as they are kept with a late count."""
    return tuple(Change(What(str(one["what"])), int(str(one["by"])), str(one["diet"])) for one in written)
