"""After signing in, people land in this app, whatever the address they came with says."""

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kata.web.redirects import safe_next

HOME = "http://kata.test"
LINES = (Path(__file__).parents[1] / "data" / "redirects.txt").read_text(encoding="utf-8").splitlines()
PAYLOADS = [line for line in LINES if not line.startswith("#")]
OURS = [
    "/",
    "/boards",
    "/boards/7?on=2026-06-01#experiment-3",
    "/teams/second-line-support/history",
    "/teams/größe",
    "/teams/gr%C3%B6%C3%9Fe",
    '/learning?q=50%25 of "letters" & more',
    "/learning?q=where%2Fwhen%5C&next=https%3A%2F%2Fexample.org",
    "/measures/3.csv",
    "/join/-aZ_09.signed-Token=",
]
FOREIGN = [
    "",
    "boards",
    "//evil.test",
    "///evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "/\tevil.test",
    "/\n/evil.test",
    "\t//evil.test",
    " //evil.test",
    "/boards\r\nLocation: //evil.test",
    "/\x00/evil.test",
    "javascript:alert(1)",
    "JaVaScRiPt://%0aalert(1)",
    "data:text/html,x",
    "http://evil.test",
    "https:evil.test",
    "//evil.test@kata.test",
    "/%09/evil.test",
    "/%2F%2Fevil.test",
    "/%252F%252Fevil.test",
    "/%5Cevil.test",
    "/..//evil.test",
    "/./boards",
    "/boards/%2e%2e//evil.test",
    "/%ff",
    "/boards?q=\u202ekata",
    "/boards?q=\ud800",
    "/boards?q=\\evil",
    "/" + "a" * 2000,
]

IN_A_BROWSER = """
const found = JSON.parse(require("fs").readFileSync(0, "utf8")).map(to => new URL(to, "http://kata.test").host);
process.stdout.write(JSON.stringify(found));
"""


@pytest.mark.parametrize("target", OURS)
def test_an_address_of_this_app_is_followed(target: str) -> None:
    assert safe_next(target) == target


@pytest.mark.parametrize("target", [None, *FOREIGN], ids=ascii)
def test_anything_else_leads_to_the_fallback(target: str | None) -> None:
    assert safe_next(target, "/boards") == "/boards"


@pytest.mark.parametrize("target", PAYLOADS)
def test_known_tricks_lead_nowhere_else(target: str) -> None:
    # What only hides in the query of one of our own addresses does no harm: a query is never followed unchecked.
    assert safe_next(target) in ("/", target if target.startswith(("/?", "/redirect?")) else "/")


@given(st.text(st.sampled_from("/\\:.@?#%25cC\t\n aé-;")).map(lambda tail: "/" + tail) | st.text(st.characters()))
def test_no_text_leads_to_another_host(target: str) -> None:
    assert urlsplit(urljoin(HOME, safe_next(target))).netloc == "kata.test"


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed: asked Python's reading of addresses only")
def test_a_browser_reads_them_as_this_app_too() -> None:
    followed = [target for target in [*OURS, *FOREIGN, *PAYLOADS] if safe_next(target, "") == target and target]
    done = subprocess.run(
        ["node", "-e", IN_A_BROWSER],
        input=json.dumps(followed),
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert set(json.loads(done.stdout)) == {"kata.test"}
