"""What a checker is told to overlook has its reason beside it."""

import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("story", "cogs", "tests", "benchmarks", "locales", "tools")
OVERLOOKED = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:)")
WITH_REASON = re.compile(r"#\s*(noqa: [A-Z0-9, ]+ - \S|type: ignore\[[\w, -]+\] (# |- )\S|pragma: no \w+ - \S)")


def overlooked(file: Path) -> list[str]:
    with tokenize.open(file) as opened:
        comments = [each for each in tokenize.generate_tokens(opened.readline) if each.type == tokenize.COMMENT]
    return [each.line for each in comments if OVERLOOKED.match(each.string) and not WITH_REASON.match(each.string)]


@pytest.mark.parametrize("folder", ["", *FOLDERS])
def test_nothing_is_overlooked_without_a_reason(folder: str) -> None:
    files = (ROOT / folder).rglob("*.py") if folder else ROOT.glob("*.py")
    assert [line for file in files for line in overlooked(file)] == []
