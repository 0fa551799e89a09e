"""``bin/torture``: does to the app what it must withstand, prints what was acknowledged and what of it survived."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests import postgres
from tests.faults import backed_up, edited, filled, killed, ledger, locked, set_back, stopped, twice, upgraded
from tests.faults.ledger import Proof
from tests.faults.stage import ENGINES, Stage, stage

Prove = Callable[[str, Path, float], Proof]


def _staged(prove: Callable[[Stage, float], Proof]) -> Prove:
    def run(engine: str, place: Path, seconds: float) -> Proof:
        with stage(engine, place) as made:
            return prove(made, seconds)

    return run


def _filled(engine: str, place: Path, seconds: float) -> Proof:
    with filled.small_disk(place / "small") as small, stage(engine, small or place) as made:
        return filled.prove(made, seconds, mounted=small is not None)


PROOFS: dict[str, tuple[Prove, tuple[str, ...]]] = {
    "killed": (_staged(killed.prove), ENGINES),
    "edited": (_staged(lambda made, _seconds: edited.prove(made)), ENGINES),
    "twice": (_staged(twice.prove), ENGINES),
    "filled": (_filled, ("sqlite",)),
    "locked": (_staged(lambda made, _seconds: locked.prove(made)), ENGINES),
    "stopped": (_staged(stopped.prove), ("postgresql",)),
    "upgraded": (upgraded.prove, ENGINES),
    "backed-up": (_staged(backed_up.prove), ENGINES),
    "set-back": (_staged(set_back.prove), ENGINES),
}


def main() -> int:
    """Run the proofs that were asked for; the exit status."""
    parser = argparse.ArgumentParser(prog="bin/torture", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(PROOFS)}; all without any")
    parser.add_argument("--seconds", type=float, default=20, help="how long each fault goes on (20)")
    parser.add_argument("--engine", choices=ENGINES, help="one of the engines only")
    parser.add_argument("--markdown", action="store_true", help="the table as the documents have it")
    options = parser.parse_args()
    if unknown := set(options.names) - set(PROOFS):
        parser.error(f"there is no proof named {', '.join(sorted(unknown))}")
    engines = [each for each in ENGINES if options.engine in {None, each}]
    if "postgresql" in engines and postgres.find_programs() is None:
        sys.stderr.write("Left out: PostgreSQL (no server here).\n")
        engines.remove("postgresql")
    with tempfile.TemporaryDirectory(prefix="kata-torture-", ignore_cleanup_errors=True) as name:
        proofs = list(_run(options.names or list(PROOFS), engines, Path(name), options.seconds))
    sys.stdout.write(ledger.markdown(proofs) if options.markdown else ledger.plain(proofs))
    for error in (f"{proof.name} on {proof.engine}: {error}" for proof in proofs for error in proof.errors[:20]):
        sys.stderr.write(f"{error}\n")
    return 0 if proofs and all(proof.holds for proof in proofs) else 1


def _run(names: list[str], engines: list[str], place: Path, seconds: float) -> Iterator[Proof]:
    for name in names:
        prove, on = PROOFS[name]
        for engine in [each for each in engines if each in on]:
            sys.stderr.write(f"{name} on {engine} …\n")
            folder = place / f"{name}-{engine}"
            folder.mkdir()
            yield prove(engine, folder, seconds)


if __name__ == "__main__":
    sys.exit(main())
