import re
import signal
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml

from story.store.postgres import OLDEST
from tests.hosting.machine import PYTHON
from tests.hosting.recipe import DOCKERFILE, Stage, build, environment_of, steps
from tests.wire.driver import Wire, until
from tests.wire.processes import ROOT

MIB = 2**20
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
PORT = "STORYTELLER_HEALTH__PORT"


def size(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file() and not each.is_symlink())


def everything(folder: Path) -> set[Path]:
    return {each for each in folder.rglob("*") if "data" not in each.relative_to(folder).parts}


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


async def test_the_steps_of_the_recipe_end_with_next_answered_and_the_container_healthy(
    tmp_path: Path, wire: Wire
) -> None:
    image = build(tmp_path)
    root, port = image.machine.root, free_port()
    before = everything(root)
    environment = {**environment_of(image), PORT: str(port)}
    folder = image.machine.path(image.folder)
    assert check(image, port) != 0
    async with image.machine.started(wire, " ".join(image.entrypoint), folder, environment) as bot:

        async def is_healthy() -> bool:
            return check(image, port) == 0

        await until(is_healthy, "the container to be healthy")
        bot.signal(signal.SIGTERM)
        assert await bot.wait() == 0
    assert image.machine.path("/data/readings.db").is_file()
    assert {each.name for each in everything(root) - before} == {"bot.log"}
    installed = size(image.machine.path("/opt/storyteller")) + size(image.machine.path("/app"))
    assert installed < 200 * MIB
    assert not list(image.machine.path("/opt/storyteller").rglob("site-packages/pip"))


def check(image: Stage, port: int) -> int:
    """Run the health check as the container would; return its exit code."""
    python, *words = (word.replace("8080", str(port)) for word in image.healthcheck)
    assert python == "python"
    return subprocess.run([PYTHON, *words], check=False, capture_output=True).returncode  # noqa: S603 - what is tested


def test_the_recipe_has_no_mistakes_that_its_linter_knows() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    subprocess.run([hadolint, DOCKERFILE], check=True)  # noqa: S603 - a tool of ours


def test_the_image_is_made_in_stages_of_pinned_pythons() -> None:
    bases = [value.split()[0] for instruction, value in steps() if instruction == "FROM"]
    assert len(bases) > 1
    assert all(":" in base and not base.endswith(":latest") for base in bases)


def test_the_image_runs_as_nobody_in_particular() -> None:
    [user] = [value for instruction, value in steps() if instruction == "USER"]
    assert all(int(number) >= 10_000 for number in user.split(":"))


def test_the_image_has_all_of_the_package() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = table["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    copied = {word for instruction, value in steps() if instruction == "COPY" for word in value.split()}
    assert {each for each in wheel if (ROOT / each).exists()} <= copied


def test_what_is_copied_is_not_kept_from_the_builder() -> None:
    first, *lines = [
        line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    assert first == "*"
    let_in = {line.removeprefix("!") for line in lines if line.startswith("!")}
    copied = {
        word
        for instruction, value in steps()
        if instruction == "COPY" and "--from" not in value
        for word in value.split()[:-1]
    }
    assert copied <= let_in
    assert not any(name in let_in for name in (".env", "config.toml", "data"))


def test_compose_has_a_database_on_a_server_only_where_it_is_asked_for() -> None:
    [name] = [name for name, service in COMPOSE["services"].items() if "postgresql" in service.get("profiles", ())]
    server, bot = COMPOSE["services"][name], COMPOSE["services"]["storyteller"]
    assert bot["depends_on"] == {name: {"condition": "service_healthy", "required": False}}
    assert int(server["image"].removeprefix("postgres:").partition("-")[0]) * 10_000 >= OLDEST
    assert "ports" not in server
    text = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
    [said] = set(re.findall(r"STORYTELLER_DATABASE__URL=(\S+)", text))
    assert said == f"postgresql://{server['environment']['POSTGRES_USER']}:a-long-password@{name}/storyteller"


def test_compose_has_one_bot_on_a_volume_that_may_write_nowhere_else() -> None:
    [service] = [service for service in COMPOSE["services"].values() if "profiles" not in service]
    volume = next(iter(COMPOSE["volumes"]))
    assert service["volumes"] == [f"{volume}:/data"]
    assert [value for instruction, value in steps() if instruction == "VOLUME"] == ["/data"]
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108 - the container's own
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "ports" not in service
    assert "DISCORD_TOKEN" not in str(COMPOSE)
