"""The rules of credit, one by one, and then over claims and reports of any kind."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verification.domain import credit
from verification.domain.credit import (
    ClaimFacts,
    Credit,
    Reason,
    ReportFacts,
    Standing,
    judge,
    settle,
)
from verification.domain.outcomes import Outcome

REPORTED = date(2026, 1, 29)
KNOWN = date(2026, 2, 27)
DAY = timedelta(days=1)


def report(source: str = "wsj", order: int = 1, **fields: object) -> ReportFacts:
    """The Wall Street Journal's own report, which asserts the claim, unless told otherwise."""
    facts = {"published_on": REPORTED, "stance": "asserts"} | fields
    return ReportFacts(order=order, source=source, **facts)


def claim(outcome: str = "", basis: str = "source", known: date | None = KNOWN) -> ClaimFacts:
    """A claim with the deadline of its source; its outcome, if any, was known on 27 February."""
    known = known if outcome in {"confirmed", "denied", "lapsed"} else None
    return ClaimFacts(basis=basis, outcome=outcome, became_known_on=known)


def only(facts: ClaimFacts, *reports: ReportFacts) -> Standing:
    """The one position that the reports make."""
    (standing,) = settle(facts, reports)
    return standing


def of(source: str, facts: ClaimFacts, *reports: ReportFacts) -> Standing:
    """The position of one of several sources."""
    (standing,) = (found for found in settle(facts, reports) if found.source == source)
    return standing


# --- Hit or miss ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stance", "outcome", "credited", "reason"),
    [
        ("asserts", "confirmed", Credit.HIT, Reason.ASSERTED_CONFIRMED),
        ("asserts", "denied", Credit.MISS, Reason.ASSERTED_DENIED),
        ("disputes", "confirmed", Credit.MISS, Reason.DISPUTED_CONFIRMED),
        ("disputes", "denied", Credit.HIT, Reason.DISPUTED_DENIED),
    ],
)
def test_who_was_right_has_a_hit_and_who_was_wrong_a_miss(
    stance: str, outcome: str, credited: Credit, reason: Reason
) -> None:
    assert judge(claim(outcome), report(stance=stance)) == (credited, reason)


@pytest.mark.parametrize("stance", ["asserts", "disputes"])
def test_the_newsrooms_silence_is_never_a_sources_failure(stance: str) -> None:
    assert judge(claim(), report(stance=stance)) == (Credit.OPEN, Reason.UNDECIDED)


# --- A lapse --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stance", "credited", "reason"),
    [
        ("asserts", Credit.MISS, Reason.ASSERTED_LAPSED),
        ("disputes", Credit.HIT, Reason.DISPUTED_LAPSED),
    ],
)
def test_a_lapse_counts_as_a_denial_by_a_deadline_that_the_source_gave(
    stance: str, credited: Credit, reason: Reason
) -> None:
    assert judge(claim("lapsed", basis="source"), report(stance=stance)) == (credited, reason)


@pytest.mark.parametrize("stance", ["asserts", "disputes"])
def test_a_lapse_by_a_deadline_of_the_newsroom_is_counted_apart(stance: str) -> None:
    assert judge(claim("lapsed", basis="newsroom"), report(stance=stance)) == (
        Credit.LAPSED_UNCOUNTED,
        Reason.LAPSED_NEWSROOM_DEADLINE,
    )


@pytest.mark.parametrize("outcome", ["confirmed", "denied"])
def test_who_gave_the_deadline_makes_no_difference_to_any_other_outcome(outcome: str) -> None:
    assert judge(claim(outcome, basis="newsroom"), report()) == judge(
        claim(outcome, basis="source"), report()
    )


def test_a_basis_that_nobody_knows_costs_no_source_anything() -> None:
    assert judge(claim("lapsed", basis=""), report())[0] is Credit.LAPSED_UNCOUNTED


# --- Relays ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "basis", "stance", "credited"),
    [
        ("", "source", "asserts", Credit.RELAY_OPEN),
        ("confirmed", "source", "asserts", Credit.RELAY_BORNE_OUT),
        ("confirmed", "source", "disputes", Credit.RELAY_NOT),
        ("denied", "source", "asserts", Credit.RELAY_NOT),
        ("denied", "source", "disputes", Credit.RELAY_BORNE_OUT),
        ("lapsed", "source", "asserts", Credit.RELAY_NOT),
        ("lapsed", "source", "disputes", Credit.RELAY_BORNE_OUT),
        ("lapsed", "newsroom", "asserts", Credit.RELAY_LAPSED_UNCOUNTED),
        ("lapsed", "newsroom", "disputes", Credit.RELAY_LAPSED_UNCOUNTED),
    ],
)
def test_a_relay_does_not_count_towards_accuracy_and_has_a_tally_of_its_own(
    outcome: str, basis: str, stance: str, credited: Credit
) -> None:
    relay = report("kulturegeek", via="wsj", stance=stance)
    assert judge(claim(outcome, basis=basis), relay)[0] is credited


def test_an_origin_is_a_report_that_credits_nobody() -> None:
    assert not only(claim("confirmed"), report()).relay
    assert only(claim("confirmed"), report(via="reuters")).relay


# --- What counts nowhere --------------------------------------------------------------------------


@pytest.mark.parametrize("stance", ["asserts", "disputes", "observes"])
@pytest.mark.parametrize("via", [None, "reuters"])
def test_a_void_claim_counts_nowhere(stance: str, via: str | None) -> None:
    assert judge(claim("void"), report(stance=stance, via=via)) == (Credit.NONE, Reason.VOID)


@pytest.mark.parametrize("outcome", ["", "confirmed", "denied", "lapsed"])
@pytest.mark.parametrize("basis", ["source", "newsroom"])
def test_observing_counts_nowhere(outcome: str, basis: str) -> None:
    assert judge(claim(outcome, basis=basis), report(stance="observes")) == (
        Credit.NONE,
        Reason.OBSERVED,
    )


@pytest.mark.parametrize("outcome", ["confirmed", "denied", "lapsed"])
@pytest.mark.parametrize("stance", ["asserts", "disputes", "observes"])
@pytest.mark.parametrize("via", [None, "reuters"])
def test_a_report_after_the_outcome_was_known_counts_nowhere(
    outcome: str, stance: str, via: str | None
) -> None:
    late = report(published_on=KNOWN + DAY, stance=stance, via=via)
    assert judge(claim(outcome), late) == (Credit.NONE, Reason.AFTER_OUTCOME)


def test_a_report_of_the_day_on_which_the_outcome_became_known_still_counts() -> None:
    standing = only(claim("confirmed"), report(published_on=KNOWN))
    assert (standing.credit, standing.lead_days) == (Credit.HIT, 0)


def test_a_late_report_does_not_take_away_what_an_early_one_earned() -> None:
    standing = only(
        claim("confirmed"), report(), report(order=2, published_on=KNOWN + DAY, stance="disputes")
    )
    assert standing.credit is Credit.HIT


# --- One position for one source on one claim -----------------------------------------------------


def test_a_source_has_one_position_however_often_it_repeats_itself() -> None:
    ten = [report(order=n, published_on=REPORTED + n * DAY) for n in range(10)]
    assert len(settle(claim("confirmed"), ten)) == 1


def test_the_first_report_fixes_date_stance_certainty_and_whether_it_is_a_relay() -> None:
    standing = only(
        claim("denied"),
        report(order=1, published_on=REPORTED + DAY, stance="disputes", certainty="likely"),
        report(order=2, published_on=REPORTED, certainty="unlikely", via="reuters"),
    )
    assert standing == Standing(
        source="wsj",
        report=2,
        first_reported_on=REPORTED,
        stance="asserts",
        certainty="unlikely",
        relay=True,
        credit=Credit.RELAY_NOT,
        reason=Reason.ASSERTED_DENIED,
    )


def test_of_two_reports_on_one_day_the_one_that_was_logged_first_counts() -> None:
    assert only(claim(), report(order=7, stance="disputes"), report(order=3)).report == 3


def test_changing_sides_later_changes_nothing() -> None:
    turned = report(order=2, published_on=REPORTED + DAY, stance="disputes")
    assert only(claim("denied"), report(), turned).credit is Credit.MISS


def test_a_source_that_first_observed_is_held_to_nothing_that_it_said_later() -> None:
    later = report(order=2, published_on=REPORTED + DAY)
    standing = only(claim("confirmed"), report(stance="observes"), later)
    assert (standing.credit, standing.reason) == (Credit.NONE, Reason.OBSERVED)


def test_positions_come_oldest_first() -> None:
    standings = settle(
        claim(),
        [
            report("late", 1, published_on=REPORTED + 2 * DAY),
            report("early", 2, published_on=REPORTED),
            report("middle", 3, published_on=REPORTED + DAY),
        ],
    )
    assert [standing.source for standing in standings] == ["early", "middle", "late"]


def test_a_claim_without_reports_has_no_positions() -> None:
    assert settle(claim("confirmed"), []) == []


# --- Who had it first, and by how much ------------------------------------------------------------


def test_who_asserted_it_on_the_earliest_day_had_it_first() -> None:
    first, second = report("wsj", 1), report("nyt", 2, published_on=REPORTED + DAY)
    assert of("wsj", claim("confirmed"), first, second).first
    assert not of("nyt", claim("confirmed"), first, second).first


def test_reports_of_one_day_share_the_first_place() -> None:
    standings = settle(claim("confirmed"), [report("wsj", 1), report("nyt", 2)])
    assert [standing.first for standing in standings] == [True, True]


def test_only_a_claim_that_came_true_can_be_had_first() -> None:
    assert not only(claim("denied"), report()).first
    assert not only(claim("lapsed"), report()).first
    assert not only(claim(), report()).first


def test_disputing_a_claim_that_was_denied_is_a_hit_but_not_a_first() -> None:
    standing = only(claim("denied"), report(stance="disputes"))
    assert (standing.credit, standing.first) == (Credit.HIT, False)


def test_a_relay_never_has_it_first() -> None:
    assert not only(claim("confirmed"), report(via="reuters")).first


def test_an_earlier_relay_takes_the_first_place_from_everybody_but_the_source_it_credits() -> None:
    relay = report("kulturegeek", 1, via="wsj")
    credited = report("wsj", 2, published_on=REPORTED + DAY)
    another = report("nyt", 3, published_on=REPORTED + DAY)
    assert of("wsj", claim("confirmed"), relay, credited, another).first
    assert not of("nyt", claim("confirmed"), relay, credited, another).first


@pytest.mark.parametrize("stance", ["disputes", "observes"])
def test_who_did_not_assert_it_takes_the_first_place_from_nobody(stance: str) -> None:
    sceptic = report("sceptic", 1, stance=stance)
    assert of("wsj", claim("confirmed"), sceptic, report(order=2, published_on=KNOWN)).first


def test_ones_own_earlier_report_takes_nothing_away() -> None:
    assert only(claim("confirmed"), report(), report(order=2, published_on=REPORTED + DAY)).first


def test_an_earlier_assertion_takes_the_first_place_even_where_its_source_had_observed_before() -> (
    None
):
    watcher = report("watcher", 1, stance="observes")
    convinced = report("watcher", 2, published_on=REPORTED + DAY)
    late = report(order=3, published_on=REPORTED + 2 * DAY)
    assert not of("wsj", claim("confirmed"), watcher, convinced, late).first


@pytest.mark.parametrize(
    ("outcome", "stance", "lead"),
    [
        ("confirmed", "asserts", 29),
        ("denied", "disputes", 29),
        ("denied", "asserts", None),
        ("", "asserts", None),
    ],
)
def test_lead_is_the_days_from_the_first_report_to_the_known_day_of_a_hit(
    outcome: str, stance: str, lead: int | None
) -> None:
    assert only(claim(outcome), report(stance=stance)).lead_days == lead


def test_a_relay_has_no_lead() -> None:
    assert only(claim("confirmed"), report(via="reuters")).lead_days is None


# --- Over claims and reports of any kind ----------------------------------------------------------

SOURCES = ["wsj", "nyt", "reuters", "kulturegeek"]
days = st.integers(0, 12).map(lambda offset: REPORTED + offset * DAY)


@st.composite
def any_reports(draw: st.DrawFn) -> list[ReportFacts]:
    number = draw(st.integers(0, 10))
    found = []
    for order in range(number):
        source = draw(st.sampled_from(SOURCES))
        others = [name for name in SOURCES if name != source]
        found.append(
            ReportFacts(
                order=order,
                source=source,
                published_on=draw(days),
                stance=draw(st.sampled_from(list(credit.Stance))),
                certainty=draw(st.sampled_from(["", "likely", "unlikely"])),
                via=draw(st.none() | st.sampled_from(others)),
            )
        )
    return found


@st.composite
def any_claim(draw: st.DrawFn, outcomes: tuple[str, ...] = ("", *Outcome)) -> ClaimFacts:
    outcome = draw(st.sampled_from([o for o in outcomes if o != Outcome.REOPENED]))
    known = draw(days) if outcome not in {"", Outcome.VOID} else None
    return ClaimFacts(
        basis=draw(st.sampled_from(list(credit.Basis))), outcome=outcome, became_known_on=known
    )


@settings(deadline=None)
@given(facts=any_claim(), reports=any_reports(), data=st.data())
def test_the_order_in_which_reports_are_read_makes_no_difference(
    facts: ClaimFacts, reports: list[ReportFacts], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(reports))
    assert settle(facts, shuffled) == settle(facts, reports)


@settings(deadline=None)
@given(facts=any_claim(), reports=any_reports())
def test_every_source_has_exactly_one_position_and_its_first_report_fixed_it(
    facts: ClaimFacts, reports: list[ReportFacts]
) -> None:
    standings = settle(facts, reports)
    assert sorted(standing.source for standing in standings) == sorted(
        {report.source for report in reports}
    )
    for standing in standings:
        own = [report for report in reports if report.source == standing.source]
        fixed = min(own, key=lambda report: (report.published_on, report.order))
        assert (
            standing.report,
            standing.first_reported_on,
            standing.stance,
            standing.certainty,
            standing.relay,
        ) == (
            fixed.order,
            fixed.published_on,
            fixed.stance,
            fixed.certainty,
            fixed.via is not None,
        )


@settings(deadline=None)
@given(facts=any_claim(), reports=any_reports())
def test_only_an_origin_that_took_a_side_in_time_moves_accuracy(
    facts: ClaimFacts, reports: list[ReportFacts]
) -> None:
    for standing in settle(facts, reports):
        counts = standing.credit in {Credit.HIT, Credit.MISS}
        in_time = (
            facts.became_known_on is None or standing.first_reported_on <= facts.became_known_on
        )
        decided = facts.outcome in {"confirmed", "denied"} or (
            facts.outcome == "lapsed" and facts.basis == "source"
        )
        assert counts == (
            decided and in_time and not standing.relay and standing.stance != "observes"
        )
        assert (standing.lead_days is not None) == (standing.credit is Credit.HIT)
        assert standing.lead_days is None or standing.lead_days >= 0


@settings(deadline=None)
@given(facts=any_claim(), reports=any_reports())
def test_disputing_is_the_mirror_of_asserting(
    facts: ClaimFacts, reports: list[ReportFacts]
) -> None:
    other_side = {"asserts": "disputes", "disputes": "asserts", "observes": "observes"}
    mirror = {
        Credit.HIT: Credit.MISS,
        Credit.MISS: Credit.HIT,
        Credit.RELAY_BORNE_OUT: Credit.RELAY_NOT,
        Credit.RELAY_NOT: Credit.RELAY_BORNE_OUT,
    }
    for report in reports:
        turned = ReportFacts(
            report.order,
            report.source,
            report.published_on,
            other_side[report.stance],
            report.certainty,
            report.via,
        )
        credited = judge(facts, report)[0]
        assert judge(facts, turned)[0] == (
            credited if report.stance == "observes" else mirror.get(credited, credited)
        )


@settings(deadline=None)
@given(facts=any_claim(("confirmed", "denied")), reports=any_reports())
def test_somebody_had_first_whatever_came_true_and_was_asserted_in_time_by_an_origin(
    facts: ClaimFacts, reports: list[ReportFacts]
) -> None:
    standings = settle(facts, reports)
    firsts = [standing for standing in standings if standing.first]
    if facts.outcome == "denied":
        assert firsts == []
        return
    assert all(
        standing.credit is Credit.HIT and standing.stance == "asserts" for standing in firsts
    )
    earliest = min((r.published_on for r in reports if r.stance == "asserts"), default=None)
    for standing in standings:
        hit = standing.credit is Credit.HIT and standing.stance == "asserts"
        if hit and standing.first_reported_on == earliest:
            assert standing.first
