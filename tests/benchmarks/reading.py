"""What a lesson costs a reader: bytes, and times in a throttled Chromium.

Both sides are measured in the same browser, one after the other, from the same small
server, which compresses as real ones do: the lesson from ``site/``, and a page
without text that Material builds by itself. What was found, so far:

- the search index, 283 kB of the 381 kB of a first visit, which Material's script
  fetches on every page, and a second in which the throttled browser did not answer:
  now it is fetched when somebody goes to the search box (``theme/main.html``);
- the font for formulas, 57 kB, two thirds of it for nothing (``mathfont``): 19 kB;
- what is above 25 kB in a lesson's HTML are its figures: outlines of curves and
  surfaces, and of the digits along the axes, in each figure anew;
- what still blocks is Material's own script, which measures every code block and so
  has the page laid out again: it grows with the number of blocks.
"""

from __future__ import annotations

import contextlib
import gzip
import http.server
import shutil
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

from playwright.sync_api import sync_playwright
from tests.benchmarks.measure import ROOT, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Response

LESSON = "tensors/create/"
SECOND = "tensors/arithmetic/"
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

_OBSERVE = """
window.measured = {paint: 0, shift: 0, blocked: 0};
const watch = (type, note) =>
  new PerformanceObserver(list => list.getEntries().forEach(note))
    .observe({type, buffered: true});
watch("largest-contentful-paint", e => { measured.paint = e.startTime; });
watch("layout-shift", e => {
  if (!e.hadRecentInput) measured.shift += e.value;
});
watch("longtask", e => {
  measured.blocked += Math.max(0, e.duration - 50);
});
"""


@dataclass(frozen=True)
class Visit:
    """What the first visit to a page took.

    Attributes:
        files: The compressed size of each file, by address.
        paint: The largest contentful paint, in milliseconds.
        shift: The layout shift, without unit.
        blocked: Milliseconds in which the page could not answer.
    """

    files: dict[str, int]
    paint: float = 0
    shift: float = 0
    blocked: float = 0

    @property
    def size(self) -> int:
        """The size of all files together, in bytes."""
        return sum(self.files.values())


def rows(runs: int) -> Iterator[Row]:
    """Measure sizes and times.

    Args:
        runs: Pairs of visits.

    Raises:
        FileNotFoundError: The site is not built, or there is no Chromium.
    """
    site = ROOT / "site"
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None or not (site / "index.html").exists():
        raise FileNotFoundError("'make site' builds the site; Chromium is needed too")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        empty = material(Path(name))
        with (
            serving(site) as ours,
            serving(empty) as theirs,
            playwright.chromium.launch(
                executable_path=browser, args=["--no-sandbox", "--disable-gpu"]
            ) as chromium,
        ):
            yield from _sizes(chromium, f"{ours}/", f"{theirs}/{EMPTY}")
            pairs = [
                (
                    visit(chromium, f"{ours}/{LESSON}"),
                    visit(chromium, f"{theirs}/{EMPTY}"),
                )
                for _ in range(runs + 1)
            ][1:]
            yield from _times(pairs)


def _sizes(chromium: Browser, ours: str, empty: str) -> Iterator[Row]:
    first = visit(chromium, ours + LESSON)
    second = visit(chromium, ours + SECOND)
    plain = visit(chromium, empty)
    ratio = first.size / plain.size
    heaviest = sorted(first.files.items(), key=lambda item: -item[1])[:4]
    names = ", ".join(
        f"{urlsplit(address).path.rpartition('/')[2] or 'HTML'} {size / 1000:.1f}"
        for address, size in heaviest
    )
    yield Row(
        f"first visit to {LESSON}, gzip",
        "an empty page of Material",
        ratio,
        ratio,
        ratio,
        1.25,
        note=f"{first.size / 1000:.1f} and {plain.size / 1000:.1f} kB; the largest, "
        f"in kB: {names}",
    )
    new = sum(
        size for address, size in second.files.items() if address not in first.files
    )
    yield Row(
        f"second page {SECOND}, gzip, kB", "25", new / 1000, new / 1000, new / 1000, 25
    )
    lessons = sorted(_lessons().items(), key=lambda item: item[1])
    sizes = [size / 1000 for _, size in lessons]
    over = [f"{name} {size / 1000:.0f}" for name, size in lessons if size > 25_000]
    yield Row(
        "HTML of a lesson, gzip, kB, median of all",
        "25",
        statistics.median(sizes),
        sizes[0],
        sizes[-1],
        25,
        note=f"{len(over)} of {len(sizes)} above 25 kB, most by their figures: "
        + ", ".join(over),
    )


def _lessons() -> dict[str, int]:
    """The compressed size of each English page that holds examples."""
    found = {}
    for path in (ROOT / "site").glob("*/*/index.html"):
        data = path.read_bytes()
        if b'<div class="example"' in data:
            name = path.parent.relative_to(ROOT / "site").as_posix()
            found[name] = len(_compressed(data))
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
    # Of what blocks nothing there is no ratio: 50 ms are added to both sides, as
    # long as a task may take before it counts at all.
    blocked = [(a.blocked + 50) / (b.blocked + 50) for a, b in pairs]
    yield Row(
        "blocking time of a lesson",
        "an empty page of Material",
        statistics.median(blocked),
        min(blocked),
        max(blocked),
        1.2,
        note=f"{statistics.median(a.blocked for a, _ in pairs):.0f} ms and "
        f"{statistics.median(b.blocked for _, b in pairs):.0f} ms, 50 ms added to both",
    )


def visit(chromium: Browser, address: str) -> Visit:
    """Open a page for the first time, as on a phone, and wait until all is quiet."""
    context = chromium.new_context(
        viewport=PHONE,  # type: ignore[arg-type] # a dict, says playwright itself
        device_scale_factor=3,
        is_mobile=True,
        has_touch=True,
        locale="en",
    )
    page = context.new_page()
    files: dict[str, int] = {}

    def note(response: Response) -> None:
        files.setdefault(response.url, 0)

    page.on("response", note)
    page.add_init_script(_OBSERVE)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(500)
    measured: dict[str, Any] = page.evaluate("window.measured")
    context.close()
    for url in files:
        files[url] = len(_fetched(url))
    return Visit(files, **measured)


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
