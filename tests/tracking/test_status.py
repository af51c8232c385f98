"""Where obligations stand: on the dossiers, and what persons decide about them."""

from datetime import date, timedelta

import pytest
from tests.tracking.obligations_gold import judge, load

from truceline.errors import KnowledgeError, LedgerError
from truceline.ledger import Ledger
from truceline.tracking.evidence import tyings
from truceline.tracking.status import Status, status

DAY = date(2020, 12, 14)


def _at(ledger: Ledger, day: date = DAY) -> Status:
    with ledger.view() as view:
        return status(view, day)


def test_mid_december_2020_as_the_record_has_it(hadrut: Ledger) -> None:
    found = _at(hadrut)
    one = found.one
    assert len(found.obligations) == 18
    for key, met in {"2": date(2020, 11, 20), "6a": date(2020, 11, 25), "6b": date(2020, 12, 1)}.items():
        assert (one(key).state, one(key).clock.met_on, one(key).proposal.in_question) == (3, met, False), key
        assert one(key).clock.overdue_since is None
    (moved,) = one("6a").clock.extended
    assert (moved.start, moved.to, moved.formal, moved.counts) == (date(2020, 11, 15), date(2020, 11, 25), False, True)
    assert moved.claims  # the text that tells of it
    for key in ("1a", "1b", "4a"):
        assert one(key).proposal.in_question, key
        assert 0 < one(key).state < 3, key
    assert {c.what: c.date for c in one("4b").clock.computed}["last day for notice"] == date(2025, 5, 10)
    assert one("8").state < 2
    assert one("8").clock.met_on is None
    assert one("3").state == 2
    assert 0 < one("7").state < 3
    for key in ("6d", "9a", "9b", "9c", "9d"):
        assert (one(key).state, one(key).clock.overdue_since) == (0, None), key


def test_both_readings_are_kept_with_who_holds_them(hadrut: Ledger) -> None:
    held = {(p.party, p.says) for p in _at(hadrut).one("1a").positions}
    assert ("armenia", "says that Azerbaijan breaks it") in held
    assert ("azerbaijan", "says that Armenia · Nagorno-Karabakh breaks it") in held
    assert ("monitor", "names no side") in held
    names = [p.party for p in _at(hadrut).one("1a").positions]
    order = [name for i, name in enumerate(names) if name not in names[:i]]
    assert order == ["armenia", "azerbaijan", "others", "monitor"]


def test_before_it_was_published_nothing_is_known_of_it(hadrut: Ledger) -> None:
    november = _at(hadrut, date(2020, 11, 18))
    assert november.one("6a").state == 0
    assert not [e for one in november.obligations for e in one.evidence if str(e.told.published) > "2020-11-19"]
    assert november.one("6a").clock.due == date(2020, 11, 25)
    on_the_eve = _at(hadrut, date(2020, 11, 14)).one("6a").clock
    assert (on_the_eve.due, on_the_eve.extended) == (date(2020, 11, 15), ())
    late = _at(hadrut, date(2024, 1, 1)).one("6d").clock
    assert late.overdue_since == date(2023, 11, 11)


def test_evidence_stands_in_its_text(hadrut: Ledger) -> None:
    with hadrut.view() as view:
        found = status(view, DAY)
        for one in found.to_dict()["obligations"]:
            for item in one["evidence"]["for"] + one["evidence"]["against"]:
                claim = view.claim(item["claim"])
                assert view.text(item["document"])[slice(*item["span"])] == claim["text"]
                assert item["why"]


def test_the_second_dossier_works_the_same(mutur: Ledger) -> None:
    found = _at(mutur, date(2005, 8, 20))
    assert found.agreement.id == "lk-2002"
    assert found.one("1.2").proposal.in_question
    assert any(one.state for one in found.obligations)
    overdue = [one for one in found.obligations if one.clock.overdue_since is not None]
    assert overdue
    assert all(one.clock.met_on is None for one in overdue)


def test_a_person_decides_and_the_proposal_stays_beside(own_hadrut: Ledger) -> None:
    own_hadrut.assess_obligation("6a", 2, since=date(2020, 12, 1), reason="minefields were left")
    one = _at(own_hadrut).one("6a")
    assert (one.state, one.proposal.state) == (2, 3)
    assert (one.clock.met_on, one.clock.overdue_since) == (None, date(2020, 11, 26))
    own_hadrut.assess_obligation("8", 3, since=date(2020, 12, 14), reason="all came home")
    assert _at(own_hadrut).one("8").clock.met_on == DAY
    assert _at(own_hadrut, date(2020, 11, 30)).one("6a").state == 3
    plain = _at(own_hadrut).only("6a").to_dict()["obligations"][0]
    assert (plain["state"], plain["proposed"], plain["state_by"]) == (2, 3, "anna")
    assert plain["reasons"] == ["minefields were left"]


def test_a_person_ties_and_unties(own_hadrut: Ledger) -> None:
    before = _at(own_hadrut).one("2")
    kept = next(e.told.claim for e in before.evidence if e.side == "for")
    for one in before.evidence:
        if one.side == "for":
            own_hadrut.tie("2", one.told.claim, side="none", reason="another district is meant")
    assert _at(own_hadrut).one("2").state == 0
    own_hadrut.tie("nk-2020/2", kept, side="for", reason="it is this district after all")
    after = _at(own_hadrut).one("2")
    assert [(e.told.claim, e.side, e.tying.by) for e in after.evidence if e.side] == [(kept, "for", "anna")]
    with own_hadrut.view() as view:
        incident = next(row["id"] for row in view.incidents() if row["id"].startswith("hadrut-2020-12-08"))
        claims = view.incident(incident)["claims"]
    own_hadrut.tie("6e", incident, side="against", reason="the workers were on the corridor's road")
    against = [e for e in _at(own_hadrut).one("6e").evidence if e.side == "against"]
    assert {e.told.claim for e in against} == {c for c in claims if c in {e.told.claim for e in against}}
    assert against
    assert own_hadrut.rebuild().changed == ()


def test_what_is_refuted_counts_no_longer(own_hadrut: Ledger) -> None:
    before = _at(own_hadrut).one("1a")
    with own_hadrut.view() as view:
        incident = next(row["id"] for row in view.incidents() if row["id"].startswith("sur-2020-11-26"))
    own_hadrut.set_state(incident, "logged")
    own_hadrut.set_state(incident, "under_inquiry")
    own_hadrut.set_state(incident, "observed")
    own_hadrut.set_state(incident, "refuted", reason="the day was another")
    after = _at(own_hadrut).one("1a")
    aside = [e for e in after.evidence if e.set_aside]
    assert {e.told.incident for e in aside} == {incident}
    assert sum(e.counts for e in after.evidence) == sum(e.counts for e in before.evidence) - len(aside)


def test_an_earlier_day_shows_an_incident_as_it_stood(hadrut: Ledger) -> None:
    with hadrut.view() as view:
        found = status(view, DAY)
        early = status(view, DAY - timedelta(days=2))

    def claims(one: Status) -> set[str]:
        return {e.told.claim for o in one.obligations for e in o.evidence}

    assert claims(early) < claims(found)


def test_another_agreement_ties_anew(own_hadrut: Ledger) -> None:
    with Ledger.create(own_hadrut.database.path or "", agreement="sri-lanka-2002") as same:
        found = _at(same)
        assert found.agreement.id == "lk-2002"
        with same.view() as view:
            assert {tie.obligation.split("/")[0] for tie in tyings(view)} == {"lk-2002"}
        assert same.rebuild().changed == ()


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda ledger: ledger.tie("9z", "c-1", side="for", reason="r"), "9z"),
        (lambda ledger: ledger.tie("1a", "c-none", side="for", reason="r"), "c-none"),
        (lambda ledger: ledger.tie("1a", "c-none", side="for", reason=" "), "needs a reason"),
        (lambda ledger: ledger.tie("1a", side="for", reason="r"), "needs a claim"),
        (lambda ledger: ledger.assess_obligation("1a", 4, since=DAY, reason="r"), "no state 4"),
        (lambda ledger: ledger.assess_obligation("1a", 3, since=DAY, reason=""), "needs a reason"),
    ],
)
def test_what_cannot_be_decided_is_refused(own_hadrut: Ledger, act: object, says: str) -> None:
    with own_hadrut.view() as view:
        before = view.number
    with pytest.raises((KnowledgeError, LedgerError), match=says):
        act(own_hadrut)  # type: ignore[operator]
    with own_hadrut.view() as view:
        assert view.number == before


def test_no_agreement_no_status(tmp_path: object) -> None:
    with (
        Ledger.create(f"{tmp_path}/truceline.db") as bare,
        bare.view() as view,
        pytest.raises(LedgerError, match="--agreement"),
    ):
        status(view, DAY)


@pytest.mark.parametrize(("name", "least"), [("hadrut-2020", 1.0), ("mutur-2005", 0.92)])
def test_the_dossiers_obligations_stand_as_they_should(name: str, least: float, request: pytest.FixtureRequest) -> None:
    ledger: Ledger = request.getfixturevalue(name.split("-", maxsplit=1)[0])
    with ledger.view() as view:
        judged = list(judge(view, load()[name]))
    wrong = [(one.obligation, one.what, one.came) for one in judged if not one.right]
    assert 1 - len(wrong) / len(judged) >= least, wrong
