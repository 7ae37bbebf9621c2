"""An import as lines of text, in Dutch and English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from backend.circles.domain.call_list import (
    Difference,
    Findings,
    Language,
    MemberStatus,
    RowKind,
    RowReading,
    describe,
    say,
)
from backend.circles.domain.call_list.findings import NOTHING_TO_SAY
from backend.circles.services.importing.notices import NOTHING_TO_ADD, Notices
from backend.circles.services.importing.reconciling import Fate
from backend.circles.services.importing.reports import ImportReport, RowReport
from backend.circles.services.importing.words import tell

_PHRASES: dict[str, tuple[str, str]] = {
    "row": ("Rij", "Row"),
    "file": ("Het bestand", "The file"),
    "circle": ("De cirkel", "The circle"),
    "understood": ("begrepen", "understood"),
    "assumed": ("aangenomen", "assumed"),
    "needs_person": ("nakijken", "to check"),
    "difference": ("verschil", "difference"),
    "new": ("nieuw, plaats {place} in de ring", "new, place {place} in the ring"),
    "new_waiting": ("nieuw, op de wachtlijst", "new, on the waiting list"),
    "new_needs_number": (
        "nieuw, plaats {place} in de ring; wordt niet gebeld tot er een nummer is",
        "new, place {place} in the ring; not rung until there is a number",
    ),
    "unchanged": ("stond er al in; niets veranderd", "was there already; nothing changed"),
    "different": (
        "stond er al in, maar verschilt; niets is overschreven",
        "was there already, but differs; nothing was overwritten",
    ),
    "has_left": ("niet opgeslagen", "not stored"),
    "failed": ("niet opgeslagen", "not stored"),
    "duplicate": ("dubbel; niet opgeslagen", "a repeat; not stored"),
    "person_needed": ("niet opgeslagen", "not stored"),
    "not_a_row": ("geen lid", "not a member"),
    "dry_run": (
        "PROEF (--dry-run): er is niets opgeslagen. Zonder --dry-run gebeurt dit:",
        "TRIAL (--dry-run): nothing was stored. Without --dry-run this happens:",
    ),
    "dry_run_end": ("PROEF: er is niets opgeslagen.", "TRIAL: nothing was stored."),
    "summary": ("Samenvatting", "Summary"),
    "next": ("Wat nu", "What now"),
    "next_rows": (
        "Kijk na wat bij ‘nakijken’ staat. Rijen die niet zijn opgeslagen: verbeter ze in het bestand en importeer "
        "het opnieuw; wat er al staat, verandert daardoor niet.",
        "See to what stands at ‘to check’. Rows that were not stored: correct them in the file and import it again; "
        "what is there already does not change.",
    ),
    "next_number": (
        "Vraag de ontbrekende nummers na en geef ze met manage.py give_number: tot dan worden deze leden niet gebeld.",
        "Ask for the missing numbers and give them with manage.py give_number: until then these members are not rung.",
    ),
    "next_differences": (
        "Kies bij elk verschil wat klopt, en verander het lid of de lijst.",
        "Choose for each difference which is right, and change the member or the list.",
    ),
    "without_consent": (
        "Toestemming nodig: {count}. Wie een nummer heeft wordt wel gebeld, want een cirkel die er al is gaat door. "
        "Leg de toestemming vast op de pagina met leden van de cirkel, of importeer opnieuw met --consent.",
        "Needs consent: {count}. Whoever has a number is rung, because a circle that exists goes on. Record their "
        "consent on the circle's page of members, or import again with --consent.",
    ),
    "all_agreed": (
        "Toestemming: van iedereen in de cirkel vastgelegd.",
        "Consent: recorded of everybody in the circle.",
    ),
    "next_nothing": ("Er is niets na te kijken.", "There is nothing to check."),
}
_STATUS: dict[MemberStatus, tuple[str, str]] = {
    MemberStatus.ACTIVE: ("in de ring", "in the ring"),
    MemberStatus.WAITING: ("wachtlijst", "waiting list"),
    MemberStatus.NEEDS_NUMBER: ("nummer nodig", "needs a number"),
}
_COUNTS: tuple[tuple[str, str, str, str], ...] = (
    (
        "lid opgeslagen in de ring",
        "leden opgeslagen in de ring",
        "member stored in the ring",
        "members stored in the ring",
    ),
    ("op de wachtlijst", "op de wachtlijst", "waiting", "waiting"),
    ("heeft een nummer nodig", "hebben een nummer nodig", "needs a number", "need a number"),
    ("ongewijzigd", "ongewijzigd", "unchanged", "unchanged"),
    ("met verschillen", "met verschillen", "with differences", "with differences"),
    ("rij om na te kijken", "rijen om na te kijken", "row needs a person", "rows need a person"),
)
_INDENT = "    "
_LABEL_WIDTH = 12


def lines_of(report: ImportReport, language: Language) -> Iterator[str]:
    """The whole report: trial or not, the file, row by row, the circle, the summary, and what to do next."""
    if report.is_dry_run:
        yield _phrase("dry_run", language)
    yield _on_one_line(f"{report.source} → {report.organisation}, {report.circle}")
    yield from _block(_phrase("file", language), report.file, NOTHING_TO_ADD, (), language)
    for row in report.rows:
        yield from _block(_row_heading(row, language), row.reading.findings, row.notices, row.differences, language)
    yield from _block(_phrase("circle", language), NOTHING_TO_SAY, report.about_circle, (), language)
    yield f"{_phrase('summary', language)}: {_summary(report, language)}."
    yield f"{_phrase('next', language)}: {' '.join(_next_steps(report, language))}"
    yield _phrase("without_consent" if report.without_consent else "all_agreed", language).format(
        count=report.without_consent
    )
    if report.is_dry_run:
        yield _phrase("dry_run_end", language)


def reading_lines(rows: Iterable[RowReading], language: Language) -> Iterator[str]:
    """Rows as they were understood, where nothing could be stored."""
    for row in rows:
        yield from _block(
            _row_heading(RowReport(row, Fate.NO_MEMBER), language), row.findings, NOTHING_TO_ADD, (), language
        )


def _block(
    heading: str, findings: Findings, notices: Notices, differences: tuple[Difference, ...], language: Language
) -> Iterator[str]:
    """A heading and, below it, every sentence with what kind it is."""
    sentences = [
        *(("understood", say(one, language)) for one in findings.understood),
        *(("understood", tell(one, language)) for one in notices.understood),
        *(("assumed", say(one, language)) for one in findings.assumed),
        *(("assumed", tell(one, language)) for one in notices.assumed),
        *(("difference", _difference(one, language)) for one in differences),
        *(("needs_person", say(one, language)) for one in findings.needs_person),
        *(("needs_person", tell(one, language)) for one in notices.needs_person),
    ]
    if sentences or heading:
        yield heading
    for label, sentence in sentences:
        yield f"{_INDENT}{_phrase(label, language):<{_LABEL_WIDTH}}{_on_one_line(sentence)}"


def _row_heading(row: RowReport, language: Language) -> str:
    reading = row.reading
    name = ""
    if reading.entry is not None:
        name = " ".join(filter(None, (reading.entry.title, reading.entry.full_name)))
    fate = _phrase(_fate(row), language).format(place=row.place)
    return " · ".join(filter(None, (f"{_phrase('row', language)} {reading.row}", _on_one_line(name), fate)))


def _fate(row: RowReport) -> str:
    if row.fate is Fate.NO_MEMBER:
        # A row that would be a member, of a list of which nothing was stored.
        return row.reading.kind.value if row.reading.kind in _NOT_MEMBERS else "failed"
    if row.fate is Fate.NEW and row.reading.entry and row.reading.entry.status is not MemberStatus.ACTIVE:
        return f"new_{row.reading.entry.status.value}"
    return row.fate.value


_NOT_MEMBERS = frozenset({RowKind.DUPLICATE, RowKind.PERSON_NEEDED, RowKind.NOT_A_ROW})


def _difference(difference: Difference, language: Language) -> str:
    if difference.field == "status":
        index = 0 if language == "nl" else 1
        old, new = (_STATUS[MemberStatus(str(value))][index] for value in (difference.old, difference.new))
        return f"status: {old} → {new}"
    return describe(difference, language)


def _summary(report: ImportReport, language: Language) -> str:
    counts = (
        report.stored(MemberStatus.ACTIVE),
        report.stored(MemberStatus.WAITING),
        report.stored(MemberStatus.NEEDS_NUMBER),
        report.count(Fate.UNCHANGED),
        report.count(Fate.DIFFERENT),
        report.rows_for_a_person,
    )
    column = 0 if language == "nl" else 2
    words = (row[column if count == 1 else column + 1] for count, row in zip(counts, _COUNTS, strict=True))
    return ", ".join(f"{count} {word}" for count, word in zip(counts, words, strict=True))


def _next_steps(report: ImportReport, language: Language) -> Iterator[str]:
    if not report.needs_person:
        yield _phrase("next_nothing", language)
        return
    yield _phrase("next_rows", language)
    if report.stored(MemberStatus.NEEDS_NUMBER):
        yield _phrase("next_number", language)
    if report.count(Fate.DIFFERENT):
        yield _phrase("next_differences", language)


def _on_one_line(text: str) -> str:
    # What a list or its name holds may not move the cursor of the terminal that shows it.
    printable = "\n".join("".join(c if c.isprintable() else " " for c in line) for line in text.splitlines())
    return " / ".join(part.strip() for part in printable.split("\n") if part.strip())


def _phrase(name: str, language: Language) -> str:
    return _PHRASES[name][0 if language == "nl" else 1]
