"""Any order of arrival, in any portions, ends in the same incidents."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.incidents.dossiers import agreement
from tests.incidents.making import MONITOR, PLACES, Told, document

from truceline.incidents import Index, build, days_touched, reach
from truceline.knowledge import Knowledge
from truceline.model import Correction, Decisions, Modality, Witness

NK = agreement("nagorno-karabakh-2020")
KNOWN = Knowledge.load()
ACTS = ("ground_attack", "small_arms_fire", "wounding", "ceasefire_violation", "blame_declined", "seize", "capture")

tellings = st.builds(
    Told,
    act=st.sampled_from(ACTS),
    by=st.sampled_from([None, "Armenia", "Azerbaijan"]),
    at=st.sampled_from([None, *PLACES]),
    day=st.sampled_from([None, "2020-12-10", "2020-12-11", "2020-12-12"]),
    clock=st.sampled_from([None, "00:30", "12:00", "23:30"]),
    speaker=st.sampled_from([None, "Armenia", "Azerbaijan", MONITOR]),
    modality=st.sampled_from([Modality.ASSERTED, Modality.DENIED]),
    counts=st.sampled_from([(), (("wounded", 3, 3, "armenia"),), (("violations", 4, 4, None),)]),
    flags=st.sampled_from([(), ("time_of_statement",)]),
    paragraph=st.booleans(),
)
documents = st.builds(
    lambda publisher, published, told: document(publisher, published, *told),
    st.sampled_from(["Paper A", "Paper B", "Ministry of Defence of Armenia", MONITOR]),
    st.sampled_from(["2020-12-11", "2020-12-12", "2020-12-13T09:00+04:00"]),
    st.lists(tellings, min_size=1, max_size=4),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(documents, min_size=1, max_size=7), st.randoms(use_true_random=False))
def test_order_and_portions_change_nothing(told: list[list[Witness]], chance: random.Random) -> None:
    whole = build([w for d in told for w in d], agreement=NK, knowledge=KNOWN)
    index = Index(agreement=NK, knowledge=KNOWN)
    parts = [w for d in told for w in d]
    chance.shuffle(parts)
    known: dict[str, object] = {}
    while parts:
        portion, parts = parts[: (cut := chance.randrange(1, 4))], parts[cut:]
        changed = index.add(portion)
        now = {incident.id: incident for incident in index.incidents().incidents}
        assert changed == {id_ for id_ in known.keys() | now.keys() if known.get(id_) != now.get(id_)}
        known = now  # what changed is told, neither more nor less
    assert index.incidents() == whole
    assert index.add(w for d in told for w in d) == frozenset()


@settings(max_examples=25, deadline=None)
@given(st.lists(documents, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_decisions_hold_whenever_they_come(told: list[list[Witness]], chance: random.Random) -> None:
    claims = [w.claim.id for d in told for w in d]
    one, other, third = (chance.choice(claims) for _ in range(3))
    decisions = Decisions(
        together=((one, other),),
        apart=(((third,), (chance.choice(claims),)),),
        corrections=(Correction(one, "act", "shelling"),),
    )
    witnesses = [w for d in told for w in d]
    before = build(witnesses, agreement=NK, decisions=decisions, knowledge=KNOWN)
    index = Index(agreement=NK, knowledge=KNOWN)
    index.add(witnesses)
    index.decide(decisions)
    assert index.incidents() == before
    index.decide(Decisions())
    assert index.incidents() == build(witnesses, agreement=NK, knowledge=KNOWN)


@settings(max_examples=40, deadline=None)
@given(st.lists(documents, min_size=1, max_size=8), documents)
def test_a_neighbourhood_is_enough(told: list[list[Witness]], last: list[Witness]) -> None:
    """An index that holds only the claims within reach gives the incidents of a new document as the whole does."""
    far = document("Paper Z", "2020-03-02", Told(at="Hadrut", day="2020-03-01"))
    whole = Index(agreement=NK, knowledge=KNOWN)
    whole.add(w for d in [*told, far] for w in d)
    whole.add(last)
    days = [day for w in last for day in days_touched(w, agreement=NK)]
    first, end = reach(days)
    part = Index(agreement=NK, knowledge=KNOWN)
    part.add(w for d in told for w in d if any(first <= day <= end for day in days_touched(w, agreement=NK)))
    changed = part.add(last)
    assert {id_: whole.incident(id_) for id_ in changed if part.incident(id_)} == {
        id_: found for id_ in changed if (found := part.incident(id_))
    }


@settings(max_examples=40, deadline=None)
@given(st.lists(documents, min_size=1, max_size=6))
def test_every_claim_is_somewhere_once(told: list[list[Witness]]) -> None:
    result = build([w for d in told for w in d], agreement=NK, knowledge=KNOWN)
    places = [claim for incident in result.incidents for claim in incident.claims]
    places += [aggregate.claim for aggregate in result.aggregates] + [one.claim for one in result.unmatched]
    assert sorted(places) == sorted({w.claim.id for d in told for w in d})
