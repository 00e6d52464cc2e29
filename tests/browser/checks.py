"""What a browser can find out about a page; each check has a page that it faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

WIDTHS = (360, 768, 1280, 1920)
HEIGHT = 800
NO_SHIFT = 0.01
"""The most that may move, a tenth of what the web calls good."""

PATIENCE = 60_000
"""Milliseconds that a busy machine gets for what a script waits for."""

SCHEMES = {"light": "default", "dark": "slate"}
"""What the system prefers, and what the theme calls it."""

GRAVE = ("serious", "critical")
LOCAL = ("data:", "blob:", "about:")

# Style sheets that scripts construct are not held back by the pages' policy.
_STYLE = """css => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets = [sheet]
}"""
# What slides in after a change of width or of colours shall be there at once.
_STILL = (
    "*, ::before, ::after { animation: none !important; transition: none !important }"
)
# The browser neither lays out nor paints what nobody looks at.
_UNSEEN = ".md-container { content-visibility: hidden }"

_UNTIL = """async argument => {
  const end = performance.now() + PATIENCE
  while (!(TEST)(argument)) {
    if (performance.now() > end) return false
    await new Promise(done => setTimeout(done, 20))
  }
  return true
}"""
_SHIFT = """async () => {
  let sum = 0
  const add = entries => { for (const entry of entries) sum += entry.value }
  const observer = new PerformanceObserver(list => add(list.getEntries()))
  observer.observe({ type: "layout-shift", buffered: true })
  await document.fonts.ready
  const frame = () => new Promise(requestAnimationFrame)
  for (let frames = 0; frames < 4; frames++) await frame()
  add(observer.takeRecords())
  return sum
}"""
_WIDER = """() => {
  const page = document.scrollingElement
  return page.scrollWidth - page.clientWidth
}"""
# Whoever reads what a call does shall see the call.
_WIDE_TABLES = """() => {
  const wide = []
  for (const table of document.querySelectorAll("article table")) {
    const box = table.closest(".md-typeset__scrollwrap") ?? table
    if (table.querySelector(":is(th, td):nth-child(3)")) continue
    if (Math.max(table.scrollWidth, box.scrollWidth) > box.clientWidth + 1) {
      wide.push(table.innerText.slice(0, 60))
    }
  }
  return wide
}"""
# Nine tenths of the time would go into the inside of code, formulas and figures, where
# nothing but colours can be at fault: of each kind of word in code one is enough, the
# longest, because axe has no opinion on the colour of a single character.
_PRUNE = """() => {
  const longest = new Map()
  const words = document.querySelectorAll("pre code span")
  for (const word of words) {
    const other = longest.get(word.className)
    if (!other || other.textContent.length < word.textContent.length) {
      longest.set(word.className, word)
    }
  }
  for (const word of words) {
    if (longest.get(word.className) !== word && !word.querySelector("a, button")) {
      word.replaceWith(...word.childNodes)
    }
  }
  for (const code of document.querySelectorAll("pre code")) code.normalize()
  for (const formula of document.querySelectorAll("math")) {
    // Axe hears no formulas, readers do: a link may consist of one.
    formula.replaceWith(formula.getAttribute("alttext") ?? "")
  }
  for (const part of document.querySelectorAll("figure svg > :not(title, desc)")) {
    part.remove()
  }
}"""
_AXE = """async () => {
  const { violations } = await axe.run(document, {
    rules: { "color-contrast": { enabled: false } },
    resultTypes: ["violations"],
    elementRef: false
  })
  return (REPORT)(violations)
}"""
# Of each pair of colours, in each size, one text is enough.
_CONTRAST = """async () => {
  const texts = new Map()
  for (const element of document.body.querySelectorAll("*")) {
    const parts = [...element.childNodes].filter(node => node instanceof Text)
    const length = parts.map(node => node.data).join("").trim().length
    if (!length || !element.checkVisibility()) continue
    const { color, fontSize, fontWeight, opacity } = getComputedStyle(element)
    let paper
    for (let behind = element; behind; behind = behind.parentElement) {
      paper = getComputedStyle(behind).backgroundColor
      if (paper !== "rgba(0, 0, 0, 0)") break
    }
    const kind = [color, fontSize, fontWeight, opacity, paper].join()
    if (!(texts.get(kind)?.length >= length)) texts.set(kind, { element, length })
  }
  if (!texts.size) return []
  const include = [...texts.values()].map(text => text.element)
  const { violations } = await axe.run({ include }, {
    runOnly: ["color-contrast"],
    resultTypes: ["violations"],
    elementRef: false
  })
  return (REPORT)(violations)
}"""
_REPORT = """violations => violations.map(({ id, impact, nodes }) => ({
  id,
  impact,
  nodes: nodes.length,
  first: nodes[0].html.slice(0, 160),
  why: nodes[0].failureSummary.split("\\n").slice(1, 3).join(" ").trim()
}))"""
_SILENT = """() => {
  const silent = []
  for (const drawing of document.querySelectorAll("figure svg")) {
    const title = drawing.querySelector("title")
    if (drawing.getAttribute("role") !== "img" || !title?.textContent.trim()) {
      silent.push(drawing.outerHTML.slice(0, 120))
    }
  }
  for (const formula of document.querySelectorAll("math")) {
    if (!formula.getAttribute("alttext")?.trim()) silent.push(formula.outerHTML)
  }
  return silent
}"""
# Pressed twice: with its folded helpers closed and, where there are any, open. The
# clipboard is emptied before, so that a button that does nothing is found out.
_COPIES = """async () => {
  const press = async example => {
    await navigator.clipboard.writeText("")
    const code = example.querySelector(":scope > .highlight")
    code.querySelector("[data-clipboard-target], .md-code__button").click()
    return navigator.clipboard.readText()
  }
  const copied = []
  for (const example of document.querySelectorAll(".example")) {
    const folded = example.querySelectorAll("details")
    for (const details of folded) details.open = false
    copied.push([example.dataset.example, await press(example)])
    if (!folded.length) continue
    for (const details of folded) details.open = true
    copied.push([`${example.dataset.example}, unfolded`, await press(example)])
  }
  return copied
}"""


def until(page: Page, script: str, argument: object = None) -> None:
    """Wait until a script gives something true.

    Playwright's own function evaluates text in the page, which the policy forbids.

    Raises:
        TimeoutError: It stays false for a minute.
    """
    test = _UNTIL.replace("PATIENCE", str(PATIENCE)).replace("TEST", script)
    if not page.evaluate(test, argument):
        message = f"{page.url}: this stays false: {script}"
        raise TimeoutError(message)


def shift_of(page: Page) -> float:
    """Sum what has moved while a page loaded, as the browser counts it."""
    shift: float = page.evaluate(_SHIFT)
    return shift


@dataclass
class Visitor:
    """Goes from page to page in one window and notes what is wrong.

    Attributes:
        context: Where the window is opened.
        address: The site; what else is asked for is a fault.
        faults: A sentence for each fault, beginning with the page.
    """

    context: BrowserContext
    address: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open the window and listen."""
        self.place = ""
        self.scheme = "light"
        self.page: Page = self.context.new_page()
        self.page.emulate_media(color_scheme="light")
        self.page.on("request", lambda request: self._note_request(request.url))
        self.page.on("pageerror", lambda error: self._note(f"fails: {error}"))
        self.page.on("console", self._note_message)

    def open(self, place: str, width: int = WIDTHS[0]) -> None:
        """Open a page of the site in a window of some width."""
        self.place = place
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.goto(f"{self.address}/{place}")

    def check_layout(self) -> None:
        """Nothing moves while the page loads; nothing but code scrolls sideways."""
        if (shift := shift_of(self.page)) > NO_SHIFT:
            self._note(f"moves while it loads, by {shift:.3f}")
        self.page.evaluate(_STYLE, _STILL)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            if (wider := self.page.evaluate(_WIDER)) > 0:
                self._note(f"scrolls sideways at {width} px, by {wider} px")
            # Two languages side by side leave half of a wide window to a table.
            tables = self.page.evaluate(_WIDE_TABLES) if width == min(WIDTHS) else ()
            for table in tables:
                self._note(f"hides a column at {width} px: {table!r}")

    def check_access(self) -> None:
        """Axe finds nothing serious nor faint colours; figures and formulas speak."""
        self.page.evaluate(_STYLE, _STILL)
        for silent in self.page.evaluate(_SILENT):
            self._note(f"has what does not speak: {silent}")
        self.page.evaluate(AXE_SCRIPT)
        self.page.evaluate(_PRUNE)
        self._report(_AXE)
        self._report(_CONTRAST)
        # The window stays in the other scheme: half as many changes.
        self.scheme = next(scheme for scheme in SCHEMES if scheme != self.scheme)
        self.page.emulate_media(color_scheme=self.scheme)  # type: ignore[arg-type]
        self._report(_CONTRAST)

    def _report(self, script: str) -> None:
        for found in self.page.evaluate(script.replace("REPORT", _REPORT)):
            if found["impact"] in GRAVE:
                more = f" ({found['nodes']} times)" if found["nodes"] > 1 else ""
                self._note(
                    f"axe, {self.scheme}: {found['id']}{more}: {found['first']}: "
                    f"{found['why']}"
                )

    def check_copies(self, expected: list[tuple[str, str]]) -> None:
        """What each copy button gives is the whole program, whatever is unfolded.

        Args:
            expected: The examples in the page's order, each with its program.
        """
        self.page.locator(".example .md-code__button").first.wait_for(state="attached")
        self.page.evaluate(_STYLE, _UNSEEN)
        copied: list[list[str]] = self.page.evaluate(_COPIES)
        self.page.evaluate(_STYLE, _STILL)
        names = [name for name, _ in copied if not name.endswith(", unfolded")]
        if names != [name for name, _ in expected]:
            self._note(f"has the examples {names}")
        programs = dict(expected)
        for name, text in copied:
            if text != programs.get(name.removesuffix(", unfolded")):
                self._note(f"copies for {name}: {text!r}")

    def _note(self, fault: str) -> None:
        self.faults.append(f"{self.place or 'the home page'} {fault}")

    def _note_request(self, url: str) -> None:
        if not url.startswith((self.address, *LOCAL)):
            self._note(f"asks {url}")

    def _note_message(self, message: Any) -> None:  # noqa: ANN401 - named at run time
        if message.type == "error":
            self._note(f"writes to the console: {message.text}")
