"""The outlook: what the records say, and no more."""

from hypothesis import given
from hypothesis import strategies as st

from verification.domain.outlook import BEAT_MIN, Account, Rate, Voice, outlook, speaking


def account(decided: int = 12, *, on_beat: bool = False) -> Account:
    return Account(
        hits=decided // 2, decided=decided, accuracy=0.5, low=0.3, high=0.7, on_beat=on_beat
    )


def voice(source: int, *, house: int | None = None, decided: int = 0, **fields) -> Voice:
    return Voice(
        **{"source": source, "name": f"Source {source}", "house": house or source}
        | {"stance": "asserts", "relay": False, "account": account(decided) if decided else None}
        | fields
    )


def test_origins_stand_on_their_side_and_relays_are_only_counted():
    seen = outlook(
        [voice(1), voice(2, stance="disputes"), voice(3, relay=True), voice(4, relay=True)], None
    )

    assert [v.source for v in seen.asserting] == [1]
    assert [v.source for v in seen.disputing] == [2]
    assert seen.relays == 2


def test_who_only_observes_takes_no_side():
    seen = outlook([voice(1, stance="observes"), voice(2, stance="observes", relay=True)], None)

    assert (seen.asserting, seen.disputing, seen.relays) == ((), (), 0)


def test_who_only_observes_silences_nobody_however_long_its_record():
    seen = outlook([voice(1, stance="observes", decided=90), voice(2), voice(3, relay=True)], None)

    assert [v.source for v in seen.asserting] == [2]
    assert seen.relays == 1


def test_the_shortest_record_comes_before_none():
    seen = outlook([voice(1), voice(2, decided=1)], None)

    assert [v.source for v in seen.asserting] == [2, 1]


def test_an_outlet_and_its_reporter_are_one_origin_and_the_longer_record_speaks():
    outlet = voice(1, house=1, decided=3)
    reporter = voice(2, house=1, decided=40)

    assert [v.source for v in outlook([outlet, reporter], None).asserting] == [2]


def test_an_outlet_that_disputes_its_own_reporter_speaks_for_itself():
    seen = outlook([voice(1, house=1, stance="disputes"), voice(2, house=1)], None)

    assert [v.source for v in seen.asserting] == [2]
    assert [v.source for v in seen.disputing] == [1]


def test_the_record_on_the_beat_speaks_once_it_can():
    everywhere = account(50)

    assert speaking(account(BEAT_MIN, on_beat=True), everywhere).on_beat
    assert speaking(account(BEAT_MIN - 1, on_beat=True), everywhere) is everywhere
    assert speaking(None, everywhere) is everywhere


def test_a_source_with_nothing_decided_has_no_record_to_speak_for_it():
    assert speaking(account(0, on_beat=True), account(0)) is None
    assert speaking(None, None) is None


def test_a_rate_of_nothing_is_no_rate():
    assert outlook([], Rate(hits=0, decided=0, on_beat=False)).rate is None
    kept = outlook([], Rate(hits=11, decided=20, on_beat=True)).rate
    assert kept is not None
    assert kept.fraction == 0.55


VOICES = st.lists(
    st.builds(
        voice,
        st.integers(1, 30),
        house=st.integers(1, 5),
        decided=st.integers(0, 30),
        stance=st.sampled_from(["asserts", "disputes", "observes"]),
        relay=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda v: v.source,
)


@given(VOICES, st.randoms())
def test_the_order_of_the_reports_makes_no_difference(voices, random):
    shuffled = list(voices)
    random.shuffle(shuffled)

    assert outlook(voices, None) == outlook(shuffled, None)


@given(VOICES)
def test_no_house_is_counted_twice_on_a_side(voices):
    seen = outlook(voices, None)

    for side in (seen.asserting, seen.disputing):
        assert len({v.house for v in side}) == len(side)
        assert [v.account.decided if v.account else 0 for v in side] == sorted(
            (v.account.decided if v.account else 0 for v in side), reverse=True
        )
