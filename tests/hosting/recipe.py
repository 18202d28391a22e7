"""The steps of the Dockerfile, carried out one by one where no builder is: a folder for each stage's root.

It knows the instructions that ours has, and refuses any other.
"""

import json
import re
import shlex
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from dockerfile_parse import DockerfileParser

from tests.hosting.machine import OF_A_PROJECT, Machine
from tests.wire.processes import ROOT

DOCKERFILE = ROOT / "Dockerfile"


@dataclass(slots=True)
class Stage:
    """What the steps of a stage have made of it."""

    machine: Machine
    folder: str = "/"
    environment: dict[str, str] = field(default_factory=dict)
    user: str = "root"
    volumes: list[str] = field(default_factory=list)
    healthcheck: list[str] = field(default_factory=list)
    entrypoint: list[str] = field(default_factory=list)


def steps() -> list[tuple[str, str]]:
    """Return each instruction of the Dockerfile with what it is given, in their order."""
    parsed = DockerfileParser(path=str(DOCKERFILE), cache_content=True).structure
    return [(each["instruction"], each["value"]) for each in parsed if each["instruction"] != "COMMENT"]


def build(folder: Path) -> Stage:
    """Carry out all steps in a folder; return the last stage."""
    stages: dict[str, Stage] = {}
    stage = None
    for instruction, value in steps():
        if instruction == "FROM":
            name = value.rpartition(" AS ")[2] if " AS " in value else "last"
            (folder / name).mkdir()
            stage = stages[name] = Stage(Machine(folder / name))
        else:
            assert stage is not None
            _carry_out(instruction, value, stage, stages)
    return stages["last"]


def _carry_out(instruction: str, value: str, stage: Stage, stages: dict[str, Stage]) -> None:
    match instruction:
        case "RUN":
            stage.machine.run(value, _made(stage, stage.folder), **environment_of(stage))
        case "COPY":
            _copy(value, stage, stages)
        case "ENV":
            stage.environment |= dict(word.split("=", 1) for word in shlex.split(value))
        case "WORKDIR":
            stage.folder = value
            _made(stage, value)
        case "USER":
            stage.user = value
        case "VOLUME":
            stage.volumes.append(value)
        case "HEALTHCHECK":
            stage.healthcheck = json.loads(value.partition("CMD ")[2])
        case "ENTRYPOINT":
            stage.entrypoint = json.loads(value)
        case _:
            raise AssertionError(f"{instruction} is not known here")


def environment_of(stage: Stage) -> dict[str, str]:
    """Return the variables that the image sets, with its paths where they are here."""
    known = stage.machine.environment
    found = {}
    for name, value in stage.environment.items():
        whole = re.sub(r"\$(\w+)", lambda match: known[match[1]], value)
        found[name] = ":".join(map(stage.machine.here, whole.split(":"))) if name == "PATH" else _on_disk(stage, whole)
    return found


def _on_disk(stage: Stage, value: str) -> str:
    """Put the folder into an address of a database, whose path begins after three slashes."""
    scheme, mark, path = value.partition(":///")
    return f"{scheme}{mark}{stage.machine.here(path)}" if mark else value


def _made(stage: Stage, path: str) -> Path:
    folder = stage.machine.path(path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _copy(value: str, stage: Stage, stages: dict[str, Stage]) -> None:
    words = shlex.split(value)
    whence = stages[words.pop(0).removeprefix("--from=")].machine.root if words[0].startswith("--from=") else ROOT
    *sources, target = words
    into = stage.machine.path(str(Path(stage.folder, target)))
    for source in (whence / each.lstrip("/") for each in sources):
        if source.is_dir():
            shutil.copytree(source, into, symlinks=True, ignore=OF_A_PROJECT if whence == ROOT else None)
        else:
            into.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, into)
