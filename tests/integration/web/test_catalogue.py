"""Both languages are complete, and what is committed compiled is what was written down."""

import gettext
import re

from tests.integration.web.catalogue import CATALOGUE, read_catalogue, read_plurals, sentences_in_code

PLACEHOLDER = re.compile(r"%\(\w+\)s")


def test_every_sentence_of_the_pages_has_its_dutch() -> None:
    catalogue = read_catalogue()
    missing = {sentence for sentence in sentences_in_code() if not catalogue.get(sentence)}
    assert missing == set()


def test_the_catalogue_holds_nothing_that_no_page_says() -> None:
    assert set(read_catalogue()) - sentences_in_code() == set()


def test_translations_keep_the_names_and_times() -> None:
    differing = [
        sentence
        for sentence, dutch in read_catalogue().items()
        if sorted(PLACEHOLDER.findall(sentence)) != sorted(PLACEHOLDER.findall(dutch))
    ]
    assert differing == []


def test_the_compiled_catalogue_is_up_to_date() -> None:
    """Compile it again with: msgfmt --check -o django.mo django.po, in the catalogue's directory."""
    with CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        found = gettext.GNUTranslations(compiled)
    written = read_catalogue()
    said = {sentence: found.gettext(sentence) for sentence in written}
    said |= {several: found.ngettext(one, several, 2) for one, several in read_plurals().items()}
    stale = [sentence for sentence, dutch in written.items() if said[sentence] != dutch]
    assert stale == []
