"""The rehearsal as a newcomer meets it: the real process, the real page, a real browser."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

import rehearsal
from config import Config
from story.services.library import Library

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "build"
BROWSER = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
REQUIRED = os.environ.get("BROWSER_TESTS") == "required"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
IDLE = """() => {
  const s = window.simcordPreview;
  return Boolean(s && s.ready && !s.pendingAction && !s.pendingQuery && s.awaitingRevision === null);
}"""
DONE = """before => {
  const s = window.simcordPreview, last = s.lastAction;
  return s.ready && !s.pendingAction && last && last.requestId !== before ? last : null;
}"""

needs_browser = pytest.mark.skipif(BROWSER is None and not REQUIRED, reason="no Chromium is installed")


class Room:
    """The page, and what a member does on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.messages = page.locator("#channel-message-list .channel-message")

    def enter(self, url: str) -> None:
        self.page.goto(url)
        expect(self.page.locator("#channel-composer-input")).to_be_visible()
        self.page.wait_for_function(IDLE)

    def run(self, command: str) -> None:
        self.page.wait_for_function(IDLE)
        self.page.locator("#channel-composer-input").fill(command)
        entry = self.page.locator(".command-entry")
        entry.filter(has=self.page.get_by_text(command, exact=True)).click()
        self._act(self.page.locator("#send-message").click)

    def press(self, label: str) -> None:
        self._act(self.button(label).click)

    def button(self, label: str) -> Locator:
        return self.messages.get_by_role("button", name=label, disabled=False).last

    def become(self, name: str) -> None:
        self.page.wait_for_function(IDLE)
        viewers = self.page.get_by_label("Viewing as")
        chosen = viewers.locator("option").filter(has_text=name).get_attribute("value")
        viewers.select_option(chosen)
        self.page.wait_for_function("id => window.simcordPreview?.viewerId === id", arg=chosen)
        self.page.wait_for_function(IDLE)

    def message(self, text: str) -> Locator:
        return self.messages.filter(has_text=text).last

    def _act(self, do: Callable[[], None]) -> None:
        self.page.wait_for_function(IDLE)
        before = self.page.evaluate("() => window.simcordPreview.lastAction?.requestId ?? null")
        do()
        done = self.page.wait_for_function(DONE, arg=before).json_value()
        assert not done["rejected"], done
        assert done["settlement"] == "settled", done


@contextmanager
def served(folder: Path, *, vote_seconds: int = 3600) -> Iterator[str]:
    """Run the bot as `make run` does without a token; yield the address it prints, and have Ctrl-C end it cleanly."""
    config = folder / "config.toml"
    config.write_text(f"[reading]\nvote_seconds = {vote_seconds}\n", encoding="utf-8")
    command = [sys.executable, "-u", str(ROOT / "bot.py"), "--config", str(config), "--or-rehearse", "--no-browser"]
    environment = {name: value for name, value in os.environ.items() if name != "DISCORD_TOKEN"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:  # noqa: S603
        assert process.stderr
        said = ""
        try:
            for line in process.stderr:
                said += line
                if address := re.search(r"http://127\.0\.0\.1:\d+/\S+", line):
                    yield address[0]
                    break
        finally:
            process.send_signal(signal.SIGINT)
            said += process.stderr.read()
        assert process.wait() == 0, said
        assert "Traceback" not in said, said
        assert "README" in said


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert BROWSER, "the tests in the browser are required, and no Chromium is installed"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture
def room(browser: Browser) -> Iterator[Room]:
    # The page's content security policy would keep the waiting functions out, too.
    context = browser.new_context(bypass_csp=True, viewport={"width": 1100, "height": 900})
    yield Room(context.new_page())
    context.close()


@needs_browser
def test_two_members_vote_their_way_through_the_first_three_scenes(room: Room, tmp_path: Path) -> None:
    PICTURES.mkdir(exist_ok=True)
    with served(tmp_path) as address:
        room.enter(address)
        expect(room.message("Welcome to the rehearsal")).to_be_visible()
        room.page.screenshot(path=PICTURES / "welcome.png")

        room.run("/next")
        first = room.message("Once a Year")
        expect(first).to_contain_text("Pregnancy loss (mentioned)")
        expect(first).to_contain_text("Mrs Tranter")
        room.press("Lily")
        expect(first.get_by_role("button", name="Lily · 1")).to_be_visible()
        expect(first).to_contain_text(re.compile(r"Closes in (an|1) hour|Closes in \d+ minutes"))

        room.become("Ben")
        room.press("Next")
        second = room.message("The Fourth Year")
        expect(second).to_contain_text("· Lily")
        expect(first).to_contain_text("Lily wins with 1 of 1 vote.")
        expect(first.get_by_role("button", name="Next")).to_be_disabled()

        room.press("James")
        expect(second).to_contain_text("1 of 2 voted")
        room.page.screenshot(path=PICTURES / "rehearsal.png")
        room.become("Ann")
        room.press("General")
        expect(second).to_contain_text("Tie! James, who's had the fewest turns.")
        third = room.message("No Word")
        expect(third).to_contain_text("· James")

        room.run("/where")
        expect(room.message("Only you can see this")).to_contain_text("POVs so far: James 1, Lily 1, and General 1")
        room.become("Ben")
        expect(room.messages.filter(has_text="Only you can see this")).to_have_count(0)


@needs_browser
def test_three_members_hold_a_session_while_one_goes_away(room: Room, tmp_path: Path) -> None:
    PICTURES.mkdir(exist_ok=True)
    with served(tmp_path) as address:
        room.enter(address)
        room.run("/session start")
        lobby = room.message("Reading together")
        for name in ("Ben", "Cleo"):
            room.become(name)
            room.press("Join")
        expect(lobby).to_contain_text("Readers (3)")
        room.become("Ann")
        room.press("Begin")
        page = room.message("Once a Year")
        expect(page).to_contain_text("Done reading: 0 of 3.")
        for name, vote in (("Ann", "Lily"), ("Ben", "James")):
            room.become(name)
            room.press(vote)
            room.press("Done reading")
        expect(page).to_contain_text("Done reading: 2 of 3.")
        room.page.screenshot(path=PICTURES / "session.png")

        room.page.get_by_role("button", name="Let 5 minutes pass").click()
        second = room.message("The Fourth Year")
        expect(second).to_be_visible(timeout=20_000)
        expect(page).to_contain_text("Tie! James comes first in the story.")
        room.become("Ann")
        room.press("Next")
        expect(room.message("No Word")).to_be_visible()
        room.become("Cleo")
        room.press("Done reading")
        expect(room.message("No Word")).to_contain_text("Done reading: 1 of 2. 1 reader is away.")
        room.become("Ann")
        room.run("/session stop")
        expect(room.message("That's it for this session!")).to_contain_text(re.compile(r"Read in \d+ minutes:"))
        expect(room.message("That's it for this session!").get_by_role("img").first).to_be_visible()
        room.page.screenshot(path=PICTURES / "session-end.png")


@needs_browser
def test_what_a_timer_posts_appears_by_itself(room: Room, tmp_path: Path) -> None:
    with served(tmp_path, vote_seconds=5) as address:
        room.enter(address)
        room.run("/next")
        room.press("Lily")
        expect(room.message("The Fourth Year")).to_be_visible(timeout=20_000)
        expect(room.message("Once a Year")).to_contain_text("Lily wins with 1 of 1 vote.")


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert rehearsal.rehearse(Config(), Library([])) == rehearsal.MISSING_PACKAGES
    assert "pip install -r requirements/rehearsal.txt" in capsys.readouterr().err
