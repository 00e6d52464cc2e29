"""What a lesson costs a reader: bytes, and times in a throttled Chromium.

Both sides are measured in the same browser, one after the other, from the same small
server, which compresses as real ones do: the lesson from ``site/`` (or what ``SITE``
names), and a page without text that Material builds by itself.

A reader's first page may be any lesson, so each is weighed. From there a reader goes to
the next one: the second page is each lesson in its turn, and counts what the one before
it has not loaded.
"""

from __future__ import annotations

import contextlib
import gzip
import http.server
import itertools
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.benchmarks.measure import Row
from tests.browser.chromium import open_chromium
from tests.browser.site import SITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, CDPSession, Page, Response

LESSON = "tensors/create/"
EMPTY = "empty/"
PHONE = {"width": 390, "height": 844}

# A phone of the middle on 4G: a processor four times as slow as this one, and the
# profile that WebPageTest calls 4G.
SLOWER = 4
NETWORK = {
    "offline": False,
    "latency": 170,
    "downloadThroughput": 9_000_000 / 8,
    "uploadThroughput": 9_000_000 / 8,
}

# What a lesson may weigh, as a multiple of an empty page of Material.
HEAVIER = 1.6

# A task that takes longer than this blocks, says the web; in milliseconds.
LONG = 50

_NEXT = re.compile(r'<link rel="next" href="([^"]*)"')

_OBSERVE = """
window.measured = {paint: 0, shift: 0};
const watch = (type, note) =>
  new PerformanceObserver(list => list.getEntries().forEach(note))
    .observe({type, buffered: true});
watch("largest-contentful-paint", e => { measured.paint = e.startTime; });
watch("layout-shift", e => {
  if (!e.hadRecentInput) measured.shift += e.value;
});
"""


@dataclass(frozen=True)
class Visit:
    """What the first visit to a page took.

    Attributes:
        files: The compressed size of each file, by address.
        paint: The largest contentful paint, in milliseconds.
        shift: The layout shift, without unit.
    """

    files: dict[str, int]
    paint: float = 0
    shift: float = 0

    @property
    def size(self) -> int:
        """The size of all files together, in bytes."""
        return sum(self.files.values())


def rows(runs: int) -> Iterator[Row]:
    """Measure sizes and times.

    Args:
        runs: Pairs of visits.

    Raises:
        FileNotFoundError: The site is not built.
        ExampleError: There is no Chromium.
    """
    if not (SITE / "index.html").exists():
        raise FileNotFoundError("'make site' builds the site")
    with tempfile.TemporaryDirectory() as name:
        empty = material(Path(name))
        with (
            serving(SITE) as ours,
            serving(empty) as theirs,
            open_chromium() as chromium,
        ):
            yield from _sizes(chromium, f"{ours}/", f"{theirs}/{EMPTY}")
            addresses = (f"{ours}/{LESSON}", f"{theirs}/{EMPTY}")
            visits = [
                (visit(chromium, addresses[0]), visit(chromium, addresses[1]))
                for _ in range(runs + 1)
            ][1:]
            yield from _times(visits)
            traced = [
                (blocked(chromium, addresses[0]), blocked(chromium, addresses[1]))
                for _ in range(runs + 1)
            ][1:]
            yield _blocking(traced)


def _sizes(chromium: Browser, ours: str, empty: str) -> Iterator[Row]:
    plain = visit(chromium, empty)
    lessons = _lessons()
    visits = {name: visit(chromium, ours + name) for name in lessons}
    files = {name: seen.files for name, seen in visits.items()}
    ratios = sorted(seen.size / plain.size for seen in visits.values())
    yield Row(
        "first visit to a lesson, gzip, the median one",
        "an empty page of Material",
        statistics.median(ratios),
        ratios[0],
        ratios[-1],
        HEAVIER,
        note=f"{sum(ratio > HEAVIER for ratio in ratios)} of {len(ratios)} above; "
        f"{plain.size / 1000:.1f} kB; of {LESSON}, in kB: {_heaviest(files[LESSON])}",
    )
    new = {
        name: sum(size for url, size in files[name].items() if url not in files[before])
        for before, name in itertools.pairwise(lessons)
    }
    sizes = sorted(size / 1000 for size in new.values())
    over = [f"{name} {size / 1000:.0f}" for name, size in new.items() if size > 40_000]
    for what, size in (("median", statistics.median(sizes)), ("largest", sizes[-1])):
        yield Row(
            f"second page, each lesson after the one before, gzip, kB, {what}",
            "40",
            size,
            sizes[0],
            sizes[-1],
            40,
            note=f"{len(over)} of {len(sizes)} above 40 kB: {', '.join(over) or '-'}",
        )


def _heaviest(files: dict[str, int]) -> str:
    return ", ".join(
        f"{urlsplit(address).path.rpartition('/')[2] or 'HTML'} {size / 1000:.1f}"
        for address, size in sorted(files.items(), key=lambda item: -item[1])[:6]
    )


def _lessons() -> list[str]:
    """The English pages that hold examples, in the order in which they are read."""
    found = []
    page: Path | None = SITE
    while page is not None:
        text = (page / "index.html").read_text(encoding="utf-8")
        if '<div class="example"' in text:
            found.append(f"{page.relative_to(SITE).as_posix()}/")
        after = _NEXT.search(text)
        page = Path(os.path.normpath(page / after[1])) if after else None
    return found


def _times(pairs: list[tuple[Visit, Visit]]) -> Iterator[Row]:
    ratios = [a.paint / b.paint for a, b in pairs]
    yield Row(
        "largest contentful paint of a lesson",
        "an empty page of Material",
        statistics.median(ratios),
        min(ratios),
        max(ratios),
        1.2,
        note=f"{statistics.median(a.paint for a, _ in pairs):.0f} ms and "
        f"{statistics.median(b.paint for _, b in pairs):.0f} ms",
    )
    shifts = [a.shift for a, _ in pairs]
    yield Row(
        "layout shift of a lesson",
        "0",
        statistics.median(shifts),
        min(shifts),
        max(shifts),
        0,
    )


def _blocking(traced: list[tuple[float, float]]) -> Row:
    # Of what blocks nothing there is no ratio: 50 ms are added to both sides, as
    # long as a task may take before it counts at all.
    ratios = [(ours + LONG) / (theirs + LONG) for ours, theirs in traced]
    return Row(
        "blocking time of a lesson",
        "an empty page of Material",
        statistics.median(ratios),
        min(ratios),
        max(ratios),
        1.2,
        note=f"{statistics.median(ours for ours, _ in traced):.0f} ms and "
        f"{statistics.median(theirs for _, theirs in traced):.0f} ms, {LONG} ms added "
        "to both",
    )


def visit(chromium: Browser, address: str) -> Visit:
    """Open a page for the first time, as on a phone, and wait until all is quiet."""
    files: dict[str, int] = {}

    def note(response: Response) -> None:
        files.setdefault(response.url, 0)

    with _phone(chromium) as (page, session):
        page.on("response", note)
        page.add_init_script(_OBSERVE)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        _open(page, address)
        measured: dict[str, Any] = page.evaluate("window.measured")
    for url in files:
        files[url] = len(_fetched(url))
    return Visit(files, **measured)


def blocked(chromium: Browser, address: str) -> float:
    """Milliseconds in which a page that comes could not answer, on a phone.

    The processor time of each task on the page's own thread, so much longer as a phone
    is slower: on a machine that does other things, the time on the clock, and with it
    what a throttled browser says of itself, is mostly about those.
    """
    events: list[dict[str, Any]] = []
    ended: list[object] = []
    with _phone(chromium) as (page, session):
        session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
        session.on("Tracing.tracingComplete", lambda _: ended.append(None))
        categories = ["toplevel", "devtools.timeline"]
        session.send(
            "Tracing.start", {"traceConfig": {"includedCategories": categories}}
        )
        _open(page, address)
        session.send("Tracing.end")
        while not ended:
            page.wait_for_timeout(50)
    tasks = tasks_of(events)
    return sum(max(0, SLOWER * task - LONG) for task in tasks)


def tasks_of(events: list[dict[str, Any]]) -> list[float]:
    """The processor time of each task of a page, in milliseconds, since it came.

    Args:
        events: A trace of Chromium in which one page was opened.
    """
    parsed = [event for event in events if event["name"] == "ParseHTML"]
    thread = (parsed[-1]["pid"], parsed[-1]["tid"])
    start = min(event["ts"] for event in parsed)
    tasks = [
        event
        for event in events
        if (event["pid"], event["tid"]) == thread
        and event["name"] == "ThreadControllerImpl::RunTask"
        and event["ts"] + event.get("dur", 0) > start
    ]
    found = []
    end = 0
    for task in sorted(tasks, key=lambda task: (task["ts"], -task.get("dur", 0))):
        if task["ts"] >= end:  # else it ran within another one
            found.append(task.get("tdur", 0) / 1000)
            end = task["ts"] + task.get("dur", 0)
    return found


@contextmanager
def _phone(chromium: Browser) -> Iterator[tuple[Page, CDPSession]]:
    context = chromium.new_context(
        viewport=PHONE,  # type: ignore[arg-type] # a dict, says playwright itself
        device_scale_factor=3,
        is_mobile=True,
        has_touch=True,
        locale="en",
    )
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    yield page, session
    context.close()


def _open(page: Page, address: str) -> None:
    """Open a page and wait until its scripts have run and all is quiet."""
    page.goto(address)
    # A slow browser asks for the scripts so late that the network is idle before.
    page.wait_for_function("() => window.component$")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)


@lru_cache(maxsize=256)
def _fetched(address: str) -> bytes:
    import urllib.request  # noqa: PLC0415 - only here

    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server
        data: bytes = answer.read()
    return data if urlsplit(address).path.endswith(".woff2") else _compressed(data)


def _compressed(data: bytes) -> bytes:
    return gzip.compress(data, 9)


def material(folder: Path) -> Path:
    """Build the empty page of Material; the folder of its site."""
    (folder / "docs").mkdir()
    for page in ("index.md", "empty.md"):
        (folder / "docs" / page).write_text("# Empty\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: Empty\ntheme:\n  name: material\n  font: false\n", encoding="utf-8"
    )
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder / "site"


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves a folder compressed, when it is asked for that."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def __init__(self, *args: Any, folder: str) -> None:  # noqa: ANN401 - theirs
        super().__init__(*args, directory=folder)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        zipped = "gzip" in self.headers.get("Accept-Encoding", "")
        if zipped := zipped and path.suffix != ".woff2":
            data = _zipped(data)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(data)))
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):  # the browser has left
            self.wfile.write(data)


@lru_cache(maxsize=256)
def _zipped(data: bytes) -> bytes:
    return _compressed(data)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder; gives its address, without a slash at its end."""

    def handler(*args: Any) -> _Compressing:  # noqa: ANN401 - theirs
        return _Compressing(*args, folder=str(folder))

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
