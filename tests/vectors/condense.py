"""Makes `spc.json` from the folder of published results: `python tests/vectors/condense.py FOLDER`.

Kept so that a new series can be added in the same way. Flags become lists of 1-based positions, words per point become
one letter each (README.md has the legend); numbers are copied as they are.
"""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Json = dict[str, Any]

CAUSE = {
    "Common Cause": ".",
    "Above UCL": "U",
    "Below LCL": "L",
    "7 Point Trend (Increasing)": "I",
    "7 Point Trend (Decreasing)": "D",
    "2 in 3 Above CL": "T",
    "2 in 3 Below CL": "t",
    "7 Points Above CL": "S",
    "7 Points Below CL": "s",
}
NATURE = {
    "common_cause": ".",
    "special_cause_improvement": "+",
    "special_cause_concern": "-",
    "special_cause_neutral_high": "h",
    "special_cause_neutral_low": "l",
}
SIDE = {"none": ".", "upper": "u", "lower": "l"}
CHARTS = ("run", "i", "mr")


def condense(folder: Path) -> list[Json]:
    series = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("series/*.json"))]
    edges = json.loads((folder / "edge_cases.json").read_text(encoding="utf-8"))["cases"]
    return [_case(each) for each in [*series, *edges]]


def _case(source: Json) -> Json:
    results, labels = source["reference_results"], source["labels"]
    return {
        "id": source["id"],
        "values": source["values"],
        "published": source.get("published") or [],
        **{name: [make(labels, *run) for run in _runs(results, program)] for name, (program, make) in PROGRAMS.items()},
    }


def _runs(results: Json, program: str) -> Iterable[tuple[Json, Json]]:
    for run in results.get(program, []):
        config, expected = run["config"], run["expected"]
        if (
            "error" not in expected
            and config.get("chart", "i") in CHARTS
            and config.get("moving_range_uses") != "median"
        ):
            yield config, expected


def _positions(labels: list[str], config: Json) -> list[int]:
    return [labels.index(label) + 1 for label in config.get("rebase", [])]


def _where(flags: list[bool | None]) -> list[int]:
    return [index for index, flag in enumerate(flags, 1) if flag]


def _letters(words: list[str | None], letter: dict[str, str]) -> str:
    return "".join(letter[word or "Common Cause"] for word in words)


def _nhsr(labels: list[str], config: Json, expected: Json) -> Json:
    points, summary = expected["points"], expected["summary"]
    return {
        "screened": config["screen_outliers"],
        "dropped": config.get("missing_rows_dropped_first", False),
        "better": config["improvement_direction"],
        "target": config["target"],
        "baseline": config.get("fix_after_n_points"),
        "rebase": _positions(labels, config),
        "segments": [_only(segment, NHSR_SEGMENT) for segment in expected["segments"]],
        "outside_limits": _where(points["outside_limits"]),
        "trend": _where(points["rule_trend7"]),
        "shift": _where(points["rule_shift7"]),
        "two_of_three_nhsr_0_2_2": _where(points["rule_two_of_three"]),
        "two_of_three_mdc_2023": _where(points["rule_two_of_three_mdc2023"]),
        "cause": _letters(points["special_cause_type"], CAUSE),
        **{f"nature_{way}": _letters(points[f"point_type_if_{way}"], NATURE) for way in WAYS},
        "variation": summary["variation_icon"].removesuffix(".svg"),
        "assurance": summary.get("assurance_type"),
    }


def _qic(_labels: list[str], config: Json, expected: Json) -> Json:
    return {
        "chart": config["chart"],
        "screened": config.get("screened_mr", False),
        "freeze": config.get("freeze"),
        "part_after": config.get("part_after", []),
        "parts": [_only(part, QIC_PART) for part in expected["parts"]],
    }


def _xmrit(labels: list[str], config: Json, expected: Json) -> Json:
    points = expected["points"]
    return {
        "rebase": _positions(labels, config),
        "segments": expected["segments"],
        "outside_limits": _where(points["outside_limits"]),
        "three_of_four": _where(points["rule_three_of_four_near_limit"]),
        "run": _where(points["rule_run8"]),
        "moving_range": _where(points["mr_above_url"]),
    }


def _power_bi(_labels: list[str], config: Json, expected: Json) -> Json:
    points = expected["points"]
    lines = {name: value for name, value in expected.items() if name != "points"}
    return {"screened": config["screened_mr"], **lines, **{name: _letters(points[name], SIDE) for name in points}}


def _statprocon(_labels: list[str], config: Json, expected: Json) -> Json:
    lines = {name: value for name, value in expected.items() if name != "rounding"}
    return {"baseline": config.get("subset_end_index"), **lines}


def _only(source: Json, names: tuple[str, ...]) -> Json:
    return {name: source.get(name) for name in names}


WAYS = ("increase", "decrease", "neutral")
NHSR_SEGMENT = ("start_index", "end_index", "n", "mean", "mean_mr_used", "lower", "upper", "near_lower", "near_upper")
QIC_PART = (
    *("start_index", "end_index", "n_useful", "longest_run", "longest_run_max", "n_crossings", "n_crossings_min"),
    *("runs_signal", "center", "lower", "upper", "lower_2sigma", "upper_2sigma", "sigma_signal_index"),
)
PROGRAMS: dict[str, tuple[str, Callable[[list[str], Json, Json], Json]]] = {
    "nhsr": ("NHSRplotthedots", _nhsr),
    "qic": ("qicharts2", _qic),
    "xmrit": ("xmrit", _xmrit),
    "power_bi": ("PowerBI_SPC", _power_bi),
    "statprocon": ("statprocon", _statprocon),
}


if __name__ == "__main__":
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in condense(Path(sys.argv[1])))
    (Path(__file__).parent / "spc.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
