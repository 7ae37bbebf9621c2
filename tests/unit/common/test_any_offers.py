"""Whatever people answer, and whenever it is looked at: each offer ends once, one open offer per place, in turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from backend.common.offers import (
    Candidate,
    Ending,
    Offer,
    OfferOver,
    Patience,
    Standing,
    Terms,
    decide,
    ended,
)
from tests.support.profiles import examples

BEGUN = datetime(2026, 11, 24, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PATIENCE = Patience(longest=120 * MINUTE, shortest=10 * MINUTE, share=0.25)
NAMES = "abcdefg"

answers = st.sampled_from([Ending.ACCEPTED, Ending.DECLINED])


@dataclass
class Kept:
    """An offer as a programme would keep it, and how often it was ended."""

    offer: Offer[str]
    times_ended: int = 0


class OffersOfSomePlaces(RuleBasedStateMachine):
    """Yes, no, silence, people who fall out, places that are filled or freed otherwise, night, downtime."""

    @initialize(
        turns=st.lists(st.integers(0, 3), max_size=7),
        places=st.integers(0, 3),
        minutes=st.integers(1, 900),
        night=st.one_of(st.none(), st.tuples(st.integers(0, 600), st.integers(1, 600))),
    )
    def begins(self, turns: list[int], places: int, minutes: int, night: tuple[int, int] | None) -> None:
        self.candidates = [Candidate(NAMES[at], (turn,)) for at, turn in enumerate(turns)]
        self.free, self.now, self.cutoff = places, BEGUN, BEGUN + minutes * MINUTE
        self.night = night and (BEGUN + night[0] * MINUTE, BEGUN + (night[0] + night[1]) * MINUTE)
        self.rows: list[Kept] = []
        self.unsuited: dict[str, str] = {}
        self.look()

    def may_ask(self, moment: datetime) -> datetime:
        return self.night[1] if self.night and self.night[0] <= moment < self.night[1] else moment

    def look(self) -> None:
        """What a service does under its lock."""
        terms = Terms(self.free, self.cutoff, PATIENCE, self.may_ask)
        before = [row.offer for row in self.rows]
        decided = decide(self.candidates, before, terms, self.now, self.unsuited.get)
        note(f"+{(self.now - BEGUN) / MINUTE:.0f} min: {decided}")
        for key in decided.expire:
            self.end(key, Ending.EXPIRED)
        for gone in decided.withdraw:
            self.end(gone.key, Ending.WITHDRAWN)
        for asked in decided.ask:
            assert self.now < asked.deadline_at <= self.cutoff
            assert asked.deadline_at - self.now >= PATIENCE.shortest
            assert self.may_ask(self.now) == self.now
            assert asked.key not in self.unsuited
            self.rows.append(Kept(Offer(asked.key, self.now, asked.deadline_at)))
        self.keeps_turns(before, [asked.key for asked in decided.ask], {gone.key for gone in decided.withdraw})
        self.settles(terms, decided.standing, decided.look_at)

    def keeps_turns(self, before: list[Offer[str]], asked: list[str], withdrawn: set[str]) -> None:
        """Nobody is asked while somebody whose turn is earlier could be."""
        turn = {candidate.key: candidate.turn for candidate in self.candidates}
        had = {offer.key for offer in before if offer.ending != Ending.WITHDRAWN} | withdrawn
        could = [key for key in turn if key not in had | self.unsuited.keys() | set(asked)]
        assert all(turn[one] <= turn[other] for one in asked for other in could)
        assert not set(asked) & had

    def settles(self, terms: Terms, standing: Standing, look_at: datetime | None) -> None:
        """Looking again at once changes nothing, and time alone changes nothing before `look_at`."""
        again = decide(self.candidates, [row.offer for row in self.rows], terms, self.now, self.unsuited.get)
        assert (again.expire, again.withdraw) == ((), ())
        if not again.ask:  # Somebody whose offer was taken back a moment ago may have the next turn.
            assert again.standing == standing
            assert again.look_at == look_at
        assert look_at is None or look_at > self.now
        assert (look_at is None) == (standing in (Standing.FILLED, Standing.TOO_LATE, Standing.NOBODY_LEFT))

    def end(self, key: str, ending: Ending) -> None:
        row = next(row for row in self.rows if row.offer.key == key and row.offer.is_open)
        row.offer = ended(row.offer, ending, self.now)
        row.times_ended += 1

    @rule(at=st.integers(0, 40), answer=answers)
    def somebody_answers(self, at: int, answer: Ending) -> None:
        """Perhaps late, perhaps for the second time, perhaps the other way round."""
        if not self.rows:
            return
        row = self.rows[at % len(self.rows)]
        was = row.offer
        try:
            row.offer = ended(was, answer, self.now)
        except OfferOver:
            assert not was.is_open or self.now >= was.deadline_at
        if was.is_open and not row.offer.is_open:
            assert self.now < was.deadline_at <= self.cutoff
            row.times_ended += 1
            self.free -= answer == Ending.ACCEPTED
        self.look()

    @rule(minutes=st.integers(1, 300))
    def time_goes_by(self, minutes: int) -> None:
        self.now += minutes * MINUTE
        self.look()

    @rule(change=st.sampled_from([-1, 1]))
    def a_place_is_taken_or_freed_otherwise(self, change: int) -> None:
        self.free = max(0, self.free + change)
        self.look()

    @rule(key=st.sampled_from(NAMES), suits=st.booleans())
    def somebody_falls_out_or_is_back(self, key: str, suits: bool) -> None:
        if suits:
            self.unsuited.pop(key, None)
        else:
            self.unsuited[key] = "away"
        self.look()

    @rule(minutes=st.integers(-200, 200))
    def the_cutoff_is_moved(self, minutes: int) -> None:
        """The trip leaves earlier or later: an open offer keeps its deadline, and is taken back after the cutoff."""
        self.cutoff += minutes * MINUTE
        self.rows = [
            replace(row, offer=replace(row.offer, deadline_at=min(row.offer.deadline_at, self.cutoff)))
            if row.offer.is_open and self.cutoff > self.now
            else row
            for row in self.rows
        ]
        self.look()

    @invariant()
    def never_more_open_offers_than_places(self) -> None:
        if hasattr(self, "rows"):
            assert sum(row.offer.is_open for row in self.rows) <= self.free

    @invariant()
    def each_offer_has_ended_once_or_not_yet(self) -> None:
        for row in getattr(self, "rows", []):
            assert row.times_ended == (0 if row.offer.is_open else 1)

    @invariant()
    def nothing_is_open_after_its_deadline_or_the_cutoff(self) -> None:
        for row in getattr(self, "rows", []):
            assert not row.offer.is_open or self.now < min(row.offer.deadline_at, self.cutoff)


TestOffersOfSomePlaces = OffersOfSomePlaces.TestCase
TestOffersOfSomePlaces.settings = examples(200)
