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
from threading import Timer

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

import rehearsal
from config import Config
from story.services.library import Library
from tests.builders import write_story
from tests.night_ferry import NIGHT_FERRY
from tests.postgres import needs_postgres

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
PHONE: ViewportSize = {"width": 390, "height": 844}
TALL = 3000
"""Higher than any card, so that a picture shows all of it."""
PATIENCE = 20_000
"""Milliseconds until what a timer causes must be on the page."""
MOST_TABS = 20
TRIES = 10
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
    """The page on a phone, and what a member does on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.messages = page.locator("#channel-message-list .channel-message")

    def enter(self, url: str) -> None:
        self.page.goto(url)
        expect(self.page.locator("#channel-composer-input")).to_be_visible()
        self.page.wait_for_function(IDLE)

    def run(self, command: str, **options: str) -> None:
        self.page.wait_for_function(IDLE)
        self.page.locator("#channel-composer-input").fill(command)
        entry = self.page.locator(".command-entry")
        entry.filter(has=self.page.get_by_text(command, exact=True)).click()
        for name, value in options.items():
            self.page.locator(f"input[data-option={name}]").fill(value)
        self.act(self.page.locator("#send-message").click)

    def press(self, label: str) -> None:
        self.act(self.button(label).click)

    def button(self, label: str) -> Locator:
        return self.messages.get_by_role("button", name=label, disabled=False).last

    def become(self, name: str) -> None:
        self.page.wait_for_function(IDLE)
        viewers = self.page.get_by_label("Viewing as")
        chosen = viewers.locator("option").filter(has_text=name).get_attribute("value")
        viewers.select_option(chosen)
        self.page.wait_for_function("id => window.simcordPreview?.viewerId === id", arg=chosen)
        self.page.wait_for_function(IDLE)

    def skip(self) -> None:
        with self.page.expect_response("**/rehearsal-skip"):
            self.page.get_by_role("button", name="Let 5 minutes pass").click()

    def tab_to(self, label: str) -> None:
        """Go back from the box with the keyboard alone."""
        self.page.locator("#channel-composer-input").focus()
        wanted = self.button(label)
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Shift+Tab")
            if wanted.evaluate("node => node === document.activeElement"):
                return
        raise AssertionError(label)

    def message(self, text: str) -> Locator:
        return self.messages.filter(has_text=text).last

    def picture(self, name: str, card: Locator) -> None:
        """Keep a picture of one whole card, as high as it is."""
        self.page.set_viewport_size({"width": PHONE["width"], "height": TALL})
        self.page.mouse.move(0, 0)
        self.page.evaluate("() => document.activeElement?.blur()")
        pressable = card.get_by_role("button")
        for _ in range(TRIES):
            self.page.wait_for_function(IDLE)
            if pressable.count():
                expect(pressable.first).to_be_enabled()
            card.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
            # The page dims buttons while anything is under way, which it may have been by then.
            if not pressable.count() or pressable.first.is_enabled():
                break
        self.page.set_viewport_size(PHONE)

    def act(self, do: Callable[[], None]) -> None:
        self.page.wait_for_function(IDLE)
        before = self.page.evaluate("() => window.simcordPreview.lastAction?.requestId ?? null")
        do()
        done = self.page.wait_for_function(DONE, arg=before).json_value()
        assert not done["rejected"], done
        assert done["settlement"] == "settled", done


@contextmanager
def served(folder: Path, tale: Path | None = None, url: str = "") -> Iterator[str]:
    """Run the bot as `make run` does without a token; yield the address it prints, and have Ctrl-C end it cleanly."""
    config = folder / "config.toml"
    stories = f'[stories]\nfolders = ["{tale.parent.as_posix()}"]\ndefault = "{tale.name}"\n' if tale else ""
    config.write_text(stories + (f'[database]\nurl = "{url}"\n' if url else ""), encoding="utf-8")
    command = [sys.executable, "-u", str(ROOT / "bot.py"), "--config", str(config), "--or-rehearse", "--no-browser"]
    environment = {name: value for name, value in os.environ.items() if name != "DISCORD_TOKEN"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:  # noqa: S603 - our own module
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
            said += _rest_of(process)
        assert process.wait() == 0, said
        assert "Traceback" not in said, said
        assert "README" in said


def _rest_of(process: "subprocess.Popen[str]") -> str:
    """Return what a process still says until it has ended, killed if that takes too long."""
    assert process.stderr
    overdue = Timer(PATIENCE / 1000, process.kill)
    overdue.start()
    try:
        return process.stderr.read()
    finally:
        overdue.cancel()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert BROWSER, "the tests in the browser are required, and no Chromium is installed"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture
def room(browser: Browser) -> Iterator[Room]:
    PICTURES.mkdir(exist_ok=True)
    # The page's content security policy would keep the waiting functions out, too.
    context = browser.new_context(bypass_csp=True, viewport=PHONE, device_scale_factor=2)
    yield Room(context.new_page())
    context.close()


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with served(tmp_path) as found:
        yield found


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs_postgres)])
def ferry(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a rehearsal with a short story, on a database of either kind."""
    url = request.getfixturevalue("postgres").address() if request.param == "postgresql" else ""
    with served(tmp_path, write_story(tmp_path / "stories" / "the-night-ferry", NIGHT_FERRY), url=url) as found:
        yield found


@needs_browser
def test_three_members_read_an_evening_with_one_press_a_page_each(room: Room, ferry: str) -> None:
    room.enter(ferry)
    room.run("/session schedule", when="in 19 minutes")
    date = room.message("We're reading together")
    for name, answer in (("Ann", "Going"), ("Ben", "Going"), ("Cleo", "Maybe")):
        room.become(name)
        room.press(answer)
    expect(date).to_contain_text("Going (2)")
    room.picture("date", date)

    room.skip()
    reminder = room.message("Missed something?")
    expect(reminder).to_be_visible(timeout=PATIENCE)
    room.picture("reminder", reminder)
    for _ in range(3):
        room.skip()
    lobby = room.message("Reading together")
    expect(lobby).to_contain_text("Readers (2)", timeout=PATIENCE)
    room.press("Join")
    expect(lobby).to_contain_text("Readers (3)")
    room.picture("lobby", lobby)

    room.become("Ann")
    room.press("Begin")
    first = room.message("Cast Off")
    room.press("Cook")
    room.become("Ben")
    room.press("Cook")
    room.become("Cleo")
    room.press("Ready")
    second = room.message("A Light Below")
    expect(second).to_be_visible(timeout=PATIENCE)
    expect(second).to_contain_text("· Cook")
    expect(first).to_contain_text("Cook wins with 2 of 2 votes.")
    expect(first.get_by_role("button", name="Ready")).to_be_disabled()

    room.press("Mate")
    room.become("Ann")
    room.press("Stowaway")
    expect(second).to_contain_text("Mate: @Cleo")
    expect(second).to_contain_text("Stowaway: @Ann")
    expect(second).to_contain_text("Waiting for @Ben")
    room.picture("session-page", second.locator(".component-container"))
    room.page.screenshot(path=PICTURES / "phone.png")
    room.become("Ben")
    room.press("Stowaway")
    expect(room.message("Breakfast")).to_be_visible(timeout=PATIENCE)

    room.become("Ann")
    room.run("/session stop")
    end = room.message("That's it for this session!")
    expect(end.get_by_role("img").first).to_be_visible()
    room.picture("session-end", end)


@needs_browser
def test_a_whole_card_fits_a_phone(room: Room, ferry: str) -> None:
    room.enter(ferry)
    room.run("/next")
    for name in ("Cleo", "Ben"):
        room.become(name)
        room.press("Cook")
    room.skip()
    card = room.message("A Light Below")
    expect(card).to_be_visible(timeout=PATIENCE)
    room.press("Stowaway")
    room.become("Ann")
    room.press("Mate")
    expect(card).to_contain_text("Stowaway: @Ben")
    bounds = card.bounding_box()
    assert bounds
    assert bounds["height"] <= PHONE["height"]
    room.picture("card", card)


@needs_browser
def test_a_refused_command_does_not_get_stuck(room: Room, address: str) -> None:
    room.enter(address)
    room.run("/session stop")
    expect(room.message("Only you can see this")).to_contain_text("There's no session here.")
    room.run("/next")
    expect(room.message("Once a Year")).to_be_visible()
    expect(room.page.get_by_text("uncertain")).to_have_count(0)


@needs_browser
def test_the_first_member_is_the_owner_and_may_try_everything(room: Room, address: str) -> None:
    room.enter(address)
    welcome = room.message("Welcome to the rehearsal")
    expect(welcome).to_contain_text("You are Ann, the server's owner.")
    expect(welcome.get_by_role("listitem")).to_have_count(5)
    room.picture("welcome", welcome)
    room.run("/settings")
    expect(room.message("Only you can see this")).to_contain_text("Who decides")
    room.become("Ben")
    expect(room.messages.filter(has_text="Only you can see this")).to_have_count(0)


@needs_browser
def test_a_reader_votes_and_turns_the_page_with_the_keyboard_alone(room: Room, address: str) -> None:
    room.enter(address)
    room.page.locator("#channel-composer-input").focus()
    room.page.keyboard.type("/next")
    expect(room.page.locator(".command-entry")).not_to_have_count(0)
    room.page.keyboard.press("Enter")
    room.act(lambda: room.page.keyboard.press("Enter"))
    page = room.message("Once a Year")
    room.tab_to("Lily")
    room.act(lambda: room.page.keyboard.press("Enter"))
    expect(page).to_contain_text("Lily: @Ann")


@needs_browser
def test_only_what_is_relative_counts_down(room: Room, address: str) -> None:
    room.enter(address)
    room.run("/session schedule", when="in 60 minutes")
    full, relative = room.messages.last.locator("time.discord-timestamp").all()
    said = full.inner_text()
    expect(relative).to_have_text(re.compile("in (1|an) hour|in [56][0-9] minutes"))
    room.skip()
    room.skip()
    expect(relative).to_have_text(re.compile("in (49|50) minutes"))
    expect(full).to_have_text(said)


@needs_browser
def test_what_a_timer_posts_appears_on_the_page(room: Room, address: str) -> None:
    room.enter(address)
    room.run("/next")
    room.press("Lily")
    room.skip()
    expect(room.message("The Fourth Year")).to_be_visible(timeout=PATIENCE)
    expect(room.message("Once a Year")).to_contain_text("Lily wins with 1 of 1 vote.")


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert rehearsal.rehearse(Config(), Library([])) == rehearsal.MISSING_PACKAGES
    assert "pip install -r requirements/rehearsal.txt" in capsys.readouterr().err
