"""Killed in every step of a week's work: nothing lost, nothing twice, no half file, one mail each."""

from pathlib import Path

from tests.flow.lives import STEPS, Tally, live_killed, live_undisturbed, open_stage


def test_a_killed_week_comes_to_what_an_undisturbed_one_does(tmp_path: Path) -> None:
    """STO-01, DIG-01, MAI-02: SIGKILL in each step, an audit after each; `benchmarks/faults.py` does it 210 times."""
    tally = Tally()
    with open_stage() as stage:
        calm = live_undisturbed(tmp_path / "calm", stage, range(1))
        live_killed(tmp_path / "killed", stage, range(1), calm, 3, tally)
    assert tally.rounds == len(STEPS)
    assert tally.faults == []
