"""What `docker compose` starts, by its profiles."""

from pathlib import Path
from typing import Any

import pytest
import yaml

COMPOSE = Path(__file__).parent.parent / "compose.yaml"


def started(profile: str | None) -> dict[str, dict[str, Any]]:
    """The services that a profile starts, and those without one that are always started."""
    services: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
    return {name: each for name, each in services.items() if "profiles" not in each or profile in each["profiles"]}


@pytest.mark.parametrize(("profile", "bots", "servers"), [(None, 1, 0), ("postgresql", 1, 1), ("several", 2, 1)])
def test_each_profile_starts_its_bots_and_its_database(profile: str | None, bots: int, servers: int) -> None:
    images = [each["image"].partition(":")[0] for each in started(profile).values()]
    assert (images.count("storyteller"), images.count("postgres")) == (bots, servers)


def test_several_bots_are_started_alike() -> None:
    one, other = (each for each in started("several").values() if each["image"] == "storyteller")
    assert {**other, "profiles": None} == {**one, "profiles": None}
