"""Standings a person can trust: order, intervals that narrow, ties in the middle."""

from __future__ import annotations

import pytest

from studio.history.records import Ballot
from studio.history.standings import MOST_VOTES, standings_of


def ballots(wins: int, losses: int, ties: int = 0) -> list[Ballot]:
    pair = ("new", "old")
    return [Ballot(pair, "a")] * wins + [Ballot(pair, "b")] * losses + [Ballot(pair, "tie")] * ties


def test_no_votes_no_places():
    table = standings_of([])
    assert table.places == ()
    assert table.more_votes == 0


def test_the_one_that_wins_more_leads_and_the_mean_is_1000():
    table = standings_of(ballots(8, 4))
    first, second = table.places
    assert (first.label, first.wins, first.losses) == ("new", 8, 4)
    assert first.rating > 1000 > second.rating
    assert first.rating + second.rating == pytest.approx(2000)


def test_two_thirds_of_the_wins_is_the_gap_bradley_terry_says():
    first, second = standings_of(ballots(400, 200)).places
    assert first.rating - second.rating == pytest.approx(400 * 0.30103, abs=2)


def test_a_tie_is_half_a_win_for_each():
    with_ties, with_halves = standings_of(ballots(6, 2, 4)), standings_of(ballots(8, 4))
    assert with_ties.places[0].rating == pytest.approx(with_halves.places[0].rating, abs=0.5)
    assert with_ties.places[0].ties == 4


def test_only_ties_leave_them_level_and_far_from_separated():
    table = standings_of(ballots(0, 0, 5))
    assert table.places[0].rating == pytest.approx(1000, abs=0.01)
    assert table.more_votes == MOST_VOTES


def test_more_votes_narrow_the_interval_and_lower_the_number_still_needed():
    few, many = standings_of(ballots(4, 2)), standings_of(ballots(40, 20))
    assert few.places[0].high - few.places[0].low > many.places[0].high - many.places[0].low
    assert few.more_votes > 0
    assert many.more_votes < few.more_votes


def test_clearly_separated_needs_no_more_votes():
    table = standings_of(ballots(60, 10))
    assert table.more_votes == 0
    assert table.places[0].low > table.places[1].high


def test_interval_width_agrees_with_the_binomial_error_of_the_log_odds():
    first, second = standings_of(ballots(60, 40)).places
    se_logit = (1 / 60 + 1 / 40) ** 0.5
    expected = 1.96 * se_logit * 400 / 2.302585
    assert 2 * (first.high - first.rating) == pytest.approx(expected, rel=0.05)
    assert second.high - second.rating == pytest.approx(first.high - first.rating, rel=1e-6)


def test_one_vote_is_finite_and_unsure():
    first, second = standings_of(ballots(1, 0)).places
    assert first.low < second.rating
    assert first.rating - second.rating < 1000


def test_both_bad_counts_as_a_vote_and_moves_nobody():
    table = standings_of([Ballot(("new", "old"), "both_bad")] * 3)
    assert (table.votes, table.both_bad) == (3, 3)
    assert {place.rating for place in table.places} == {1000.0}
    assert all(place.votes == 0 for place in table.places)


def test_four_arms_the_winner_beats_the_three_others():
    shown = ("p", "q", "r", "s")
    table = standings_of([Ballot(shown, "c")] * 6 + [Ballot(shown, "a")] * 2)
    assert [place.label for place in table.places[:2]] == ["r", "p"]
    assert table.places[2].rating == pytest.approx(table.places[3].rating)


def test_arms_of_one_label_do_not_beat_themselves():
    table = standings_of([Ballot(("same", "same"), "a")] * 4)
    assert [place.rating for place in table.places] == [1000.0]
