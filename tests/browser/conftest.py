"""A real server and a real browser for the journeys in this folder."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, ViewportSize, expect

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
# Streamlit fetches what draws a sheet only when the first one comes: on a busy machine that is after the page is drawn.
STYLED = ("--desk-sheet", "here")
# An address changes at once, the state that says why only with the next drawing.
PAINTED = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
# How long a busy machine may take. Nothing sleeps for so long: every wait ends as soon as what it waits for is there.
START_SECONDS = 240
STOP_SECONDS = 30
SETTLE_MILLISECONDS = 120_000
EXPECT_MILLISECONDS = 60_000

StartDesk = Callable[..., str]


def pytest_collection_modifyitems(items):
    """Everything in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is, or a skip."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("No Chromium is installed, so the browser tests are skipped (on Debian: apt-get install chromium).")
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, chromium):
    return {**browser_type_launch_args, "executable_path": chromium, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "UTC", "viewport": {"width": 1440, "height": 900}}


@pytest.fixture(scope="session", autouse=True)
def _patience() -> None:
    """Give expectations the time of a busy machine."""
    expect.set_options(timeout=EXPECT_MILLISECONDS)


@pytest.fixture(scope="session")
def _tabs(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[list[Page]]:
    """The one tab that tests have one after the other: a new one has all scripts to compile, most of a page's cost."""
    tabs: list[Page] = []
    yield tabs
    for tab in tabs:
        tab.context.close()


@pytest.fixture
def page(browser: Browser, _tabs: list[Page], browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A page as of a new browser. What cannot be taken back (a script for each load) is done to `own_page`."""
    tab = _tabs.pop() if _tabs else patient(browser.new_context(**browser_context_args).new_page())
    yield tab
    put_back(tab, browser_context_args["viewport"])
    _tabs.append(tab)  # one that cannot be put back is given to nobody


@pytest.fixture
def own_page(context: BrowserContext) -> Page:
    """A page that no other test has before or after."""
    return patient(context.new_page())


@pytest.fixture
def asked(page: Page) -> Iterator[list[str]]:
    """The addresses that the page has asked for since the test began."""
    addresses: list[str] = []

    def note(request: Request) -> None:
        addresses.append(request.url)

    page.on("request", note)
    yield addresses
    page.remove_listener("request", note)


@pytest.fixture(scope="module")
def desk_server(root: Path, chromium: str, tmp_path_factory) -> Iterator[StartDesk]:
    """Start a desk: `desk_server(DESK_X="1")` answers its address. Each call is a new process on a fresh database.

    A process costs memory until the tests of the file end: a file starts one at most, or uses `demo_desk`.

    Keyword arguments become environment variables. DESK_DATABASE is a new temporary path unless given.
    """
    with desks(root, tmp_path_factory) as start:
        yield start


@pytest.fixture(scope="session")
def demo(root: Path, tmp_path_factory) -> Path:
    """The folder of a desk that holds the demo, to be copied."""
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "data", "demo", "--database", str(folder / "desk.duckdb")]
    made = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    assert not made.returncode, made.stderr
    return folder


@pytest.fixture(scope="module")
def demo_desk(desk_server: StartDesk, demo: Path, tmp_path_factory) -> str:
    """The address of a desk that holds the demo; what one file's tests did to it, no other file finds."""
    return desk_server(DESK_DATABASE=copied(demo, tmp_path_factory))


@pytest.fixture(scope="session")
def shown_desk(root: Path, chromium: str, demo: Path, tmp_path_factory) -> Iterator[str]:
    """The address of a desk that holds the demo, for tests that only look: one for all their files."""
    with desks(root, tmp_path_factory) as start:
        yield start(DESK_DATABASE=copied(demo, tmp_path_factory))


@pytest.fixture
def settled() -> Callable[[Page], Page]:
    """Wait until Streamlit has drawn everything, in the desk's look: `settled(page)`."""

    def wait(page: Page) -> Page:
        expect(page.locator(":root")).to_have_css(*STYLED, timeout=SETTLE_MILLISECONDS)
        page.evaluate(PAINTED)
        page.wait_for_selector(SETTLED, timeout=SETTLE_MILLISECONDS)
        return page

    return wait


@contextlib.contextmanager
def desks(root: Path, tmp_path_factory) -> Iterator[StartDesk]:
    """What starts a desk as `desk_server` does; those it started end with the context."""
    with contextlib.ExitStack() as started:

        def start(**environment: str) -> str:
            folder = tmp_path_factory.mktemp("desk")
            port = free_port()
            address = f"http://127.0.0.1:{port}"
            command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
            command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
            log = started.enter_context((folder / "server.log").open("w+", encoding="utf-8"))
            process = subprocess.Popen(
                command,
                cwd=root,
                env={**os.environ, "DESK_DATABASE": str(folder / "desk.duckdb"), **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            started.callback(stop, process)
            wait_until_healthy(process, address, folder / "server.log")
            return address

        yield start


def copied(demo: Path, tmp_path_factory) -> str:
    """The database of a copy of the demo's folder."""
    return str(shutil.copytree(demo, tmp_path_factory.mktemp("copy"), dirs_exist_ok=True) / "desk.duckdb")


def patient(page: Page) -> Page:
    """The page, waiting as long as a busy machine needs."""
    page.set_default_timeout(EXPECT_MILLISECONDS)
    page.set_default_navigation_timeout(SETTLE_MILLISECONDS)
    return page


def put_back(tab: Page, viewport: ViewportSize) -> None:
    """Leave nothing of a test in its tab: pages it opened, what the desk kept in it, its history, hand and look."""
    for other in tab.context.pages:
        if other is not tab:
            other.close()
    if tab.url.startswith("http"):
        tab.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    tab.goto("about:blank")
    tab.context.clear_cookies()
    tab.context.clear_permissions()
    tab.emulate_media(color_scheme="light")
    tab.set_viewport_size(viewport)
    tab.mouse.up()
    tab.mouse.move(0, 0)
    session = tab.context.new_cdp_session(tab)
    session.send("Page.resetNavigationHistory")
    session.detach()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_healthy(process: subprocess.Popen, address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError),
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer,
        ):
            if answer.status == 200:
                return
        time.sleep(0.1)
    pytest.fail(f"The desk did not start within {START_SECONDS} s:\n{log.read_text(encoding='utf-8')}")


def stop(process: subprocess.Popen) -> None:
    """End this process, and only this one."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
