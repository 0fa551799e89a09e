"""The proofs' own bookkeeping: a lost row is lost, one that is there twice is an error, and so is any 500."""

from __future__ import annotations

from tests.faults import ledger
from tests.faults.ledger import Ledger, Proof, reckon
from tests.faults.person import Answer
from tests.faults.writers import expect_kept


def _kept() -> Ledger:
    kept = Ledger()
    for text in ("one", "two", "three"):
        kept.offer(text)
    kept.note(Answer(303, ""), "one", saved=True)
    kept.note(Answer(303, ""), "two", saved=True)
    kept.note(Answer(503, ""), "three")
    return kept


def test_whatever_was_acknowledged_and_stands_there_once_has_survived() -> None:
    proof = reckon("proof", "sqlite", _kept(), ["two", "one", "three"])
    assert (proof.acknowledged, proof.survived, proof.lost, proof.refused, proof.errors) == (2, 2, 0, 1, [])
    assert proof.holds


def test_what_is_lost_doubled_or_nobodys_makes_a_proof_fail() -> None:
    assert reckon("proof", "sqlite", _kept(), ["one"]).lost == 1
    assert not reckon("proof", "sqlite", _kept(), ["one"]).holds
    assert reckon("proof", "sqlite", _kept(), ["one", "two", "two"]).errors == ["“two” is there 2 times"]
    assert not reckon("proof", "sqlite", _kept(), ["one", "two", "four"]).holds


def test_a_500_and_a_503_that_forgot_the_text_make_a_proof_fail() -> None:
    kept = _kept()
    kept.note(Answer(500, ""), "three")
    expect_kept(Answer(503, "<p>We cannot save right now</p>"), "three", kept)
    expect_kept(Answer(503, "<textarea>Who &amp; what</textarea>"), "Who & what", kept)
    proof = reckon("proof", "sqlite", kept, ["one", "two"])
    assert len(proof.errors) == 2
    assert not proof.holds


def test_the_table_says_which_proofs_hold() -> None:
    rows = [Proof("a", "sqlite", 2, 2, 0), Proof("b", "sqlite", 2, 1, 1)]
    told = ledger.markdown(rows).splitlines()
    assert told[2] == "| a | sqlite | 2 | 2 | 0 | 0 | 0 | yes |  |"
    assert told[3] == "| b | sqlite | 2 | 1 | 1 | 0 | 0 | **no** |  |"
    assert "**no**" in ledger.plain(rows)
