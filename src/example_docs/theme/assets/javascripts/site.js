// Conveniences. Every page reads well without them.

const LANGUAGE = document.documentElement.lang
const OTHER = { en: "zh", zh: "en" }
const SUGGESTION = {
  // In the language of the reader it is meant for, not of the page.
  en: "This page is also available in English.",
  zh: "本页有中文版。",
}
const CLOSE = { en: "Close", zh: "关闭" }
const SEEN = "language-suggested"

// The switch between languages keeps the place: the twin has the same anchors.

function placeInView() {
  const headings = document.querySelectorAll(
    ".md-content :is(h1[id], h2[id], h3[id], .example[id])"
  )
  const limit = 0.25 * window.innerHeight
  let current = null
  for (const heading of headings) {
    if (heading.getBoundingClientRect().top > limit) break
    current = heading
  }
  // A heading that was chosen counts as long as it is in view: the last ones of a
  // page never come up, and others stand close to the next.
  const chosen = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if ([...headings].includes(chosen)) {
    const { top } = chosen.getBoundingClientRect()
    if (0 <= top && top < window.innerHeight) current = chosen
  }
  // At the top of the page there is no place to keep.
  return current && current.tagName !== "H1" ? current.id : ""
}

document.addEventListener("click", event => {
  const link = event.target.closest(
    ".language-switch, .parallel-switch[href], .language-suggestion a"
  )
  if (!link) return
  link.hash = placeInView()
  remember() // who has just chosen a language is not offered the other one
})

// With instant navigation pages change and the header stays: its links follow.

const VIEW = "parallel/"
const { base, translations } = JSON.parse(
  document.getElementById("__config").textContent
)
const site = new URL(`${base}/`.replace(/\/+$/, "/"), location)

function turn() {
  const here = location.href.replace(/[?#].*/, "")
  const path = here.slice(site.href.length)
  const inView = path.endsWith(VIEW)
  const page = inView ? path.slice(0, -VIEW.length) : path
  for (const link of document.querySelectorAll(".language-switch")) {
    link.href = new URL(link.dataset.site + page, site)
  }
  const hasView = document.querySelector("meta[name=parallel-view]") !== null
  for (const link of document.querySelectorAll(".parallel-switch")) {
    link.hidden = !hasView
    link.href = new URL(inView ? page : page + VIEW, site)
    if (inView) link.setAttribute("aria-current", "page")
    else link.removeAttribute("aria-current")
  }
  if (inView) document.body.dataset.view = "parallel"
  else delete document.body.dataset.view
  document.querySelector(".language-suggestion")?.remove()
}

let opened = false
window.document$?.subscribe(() => {
  if (opened) turn()
  opened = true
})

// A first visitor whose browser prefers the other language is told once.

function remember() {
  try {
    localStorage.setItem(SEEN, "1")
  } catch {} // No memory, no suggestion: see below.
}

function suggest() {
  const preferred = (navigator.languages || [navigator.language])
    .map(tag => tag.slice(0, 2))
    .find(tag => tag in OTHER)
  if (!preferred || preferred === LANGUAGE) return
  try {
    if (localStorage.getItem(SEEN)) return
    localStorage.setItem(SEEN, "1")
  } catch {
    return // No memory, no suggestion: once is the promise.
  }
  const twin = document.querySelector(".language-switch")
  if (!twin) return
  const line = document.createElement("aside") // a landmark: else it is in none
  line.ariaLabel = twin.textContent
  line.className = "language-suggestion"
  line.lang = preferred
  const link = document.createElement("a")
  link.href = twin.href
  link.textContent = SUGGESTION[preferred]
  const close = document.createElement("button")
  close.textContent = "×"
  close.ariaLabel = CLOSE[preferred]
  close.addEventListener("click", () => line.remove())
  line.append(link, close)
  document.body.append(line)
}

suggest()

// Where there is no such page: the words in the language of the address come first,
// with the page whose address is nearest.

function distance(a, b) {
  let row = [...b, ""].map((_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(
        row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1])
      )
    }
    row = next
  }
  return row[b.length]
}

function help() {
  const sections = [...document.querySelectorAll(".not-found")]
  const fits = section => location.pathname.startsWith(section.dataset.site)
  const [section] = sections
    .filter(fits)
    .sort((a, b) => b.dataset.site.length - a.dataset.site.length)
  if (!section) return
  section.parentElement.prepend(section)
  for (const other of sections) other.hidden = other !== section
  const wanted = location.pathname.slice(section.dataset.site.length)
  const [nearest] = [...section.querySelectorAll("li a")]
    .map(link => [link, distance(
      wanted, link.pathname.slice(section.dataset.site.length))])
    .filter(([_, steps]) => steps <= wanted.length / 3)
    .sort(([_, a], [__, b]) => a - b)
  if (!nearest) return
  const guess = section.querySelector(".not-found-guess")
  guess.lastElementChild.href = nearest[0].href
  guess.lastElementChild.textContent = nearest[0].textContent
  guess.hidden = false
}

help()

document.addEventListener("click", event => {
  if (!event.target.closest(".not-found-search")) return
  document.querySelector("[data-md-toggle=search]").click()
  document.querySelector("[data-md-component=search-query]").focus()
})

// What is copied from a formula is its TeX.

document.addEventListener("copy", event => {
  const selection = document.getSelection()
  if (!selection || selection.isCollapsed || !event.clipboardData) return
  const fragment = selection.getRangeAt(0).cloneContents()
  const formulas = fragment.querySelectorAll("math")
  if (!formulas.length) return
  for (const formula of formulas) {
    const mark = formula.getAttribute("display") === "block" ? "$$" : "$"
    formula.replaceWith(mark + formula.getAttribute("alttext") + mark)
  }
  const box = document.createElement("div")
  box.append(fragment)
  event.clipboardData.setData("text/plain", box.textContent)
  event.preventDefault()
})

// The theme's worker gets what query.js leaves of a query.

const QUERY = 2 // the type of this message
const { postMessage } = Worker.prototype

Worker.prototype.postMessage = function (message, ...rest) {
  if (message && message.type === QUERY && typeof message.data === "string") {
    message = { ...message, data: cleaned(message.data) }
  }
  return postMessage.call(this, message, ...rest)
}

// The theme searches when a key is released; what is pasted or put in by other means
// has none.

document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-md-component=search-query]")) return
  target.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }))
  showWaysOnward(target.value.trim())
})

// Below a search that finds nothing: the same words elsewhere. site.css shows it there.

const ONWARD = {
  en: ["Glossary", "in Chinese", "in PyTorch's documentation"],
  zh: ["术语表", "在英文站搜索", "在 PyTorch 官方文档搜索"],
}

function showWaysOnward(words) {
  const list = document.querySelector(".md-search-result__list")
  let ways = document.querySelector(".search-onward")
  if (!ways) {
    ways = document.createElement("p")
    ways.className = "search-onward"
    for (const name of ONWARD[LANGUAGE]) {
      const link = document.createElement("a")
      link.textContent = name
      ways.append(link, " ")
    }
    list.after(ways)
  }
  ways.hidden = !words
  const [glossary, twin, pytorch] = ways.children
  const query = `?q=${encodeURIComponent(words)}`
  glossary.href = new URL("glossary/", site)
  twin.href = document.querySelector(".language-switch").href.replace(/[?#].*/, "") + query
  pytorch.href = `https://docs.pytorch.org/docs/stable/search.html${query}`
}

// A button on each block of code copies it; the theme's script does the copying. It
// would also make the buttons, but lays out the page after each one to measure it.

let codes = 0

function addCopyButtons() {
  const bar = document.createElement("div") // a landmark for each would be too many
  bar.className = "md-code__nav"
  const button = document.createElement("button")
  button.className = "md-code__button"
  button.ariaLabel = button.title = translations["clipboard.copy"]
  button.dataset.mdType = "copy"
  bar.append(button)
  for (const code of document.querySelectorAll(".md-content pre > code")) {
    // The button on the visible code copies the whole program already.
    if (code.closest(".example-folded")) continue
    if (code.textContent.startsWith(">>> ")) continue // shows a call, runs nowhere
    code.id ||= `__copied_${codes++}`
    button.dataset.clipboardTarget = `#${code.id}`
    code.before(bar.cloneNode(true))
  }
}

// Colours: like the system, light, dark. The page has them when it is drawn, see
// main.html; here somebody chooses others.

const colours = document.querySelector("[data-colours]")

function choose(index) {
  document.body.dataset.switching = ""
  colour(index)
  __md_set("__palette", { index })
  showColours()
  setTimeout(() => delete document.body.dataset.switching)
}

function showColours() {
  let meta = document.head.querySelector("meta[name=theme-color]")
  if (!meta) {
    document.head.append((meta = document.createElement("meta")))
    meta.name = "theme-color"
  }
  meta.content = getComputedStyle(document.body).backgroundColor
}

if (colours) {
  const options = [...colours.elements]
  colours.dataset.mdComponent = "palette" // as the theme names it
  colours.addEventListener("change", ({ target }) => choose(options.indexOf(target)))
  colours.addEventListener("keydown", ({ key, target }) => {
    if (key !== "Enter") return
    const next = options[(options.indexOf(target) + 1) % options.length]
    next.click()
    next.focus()
  })
  const wish = matchMedia("(prefers-color-scheme: dark)")
  wish.addEventListener("change", () => {
    colourAsChosen()
    showColours()
  })
  window.addEventListener("load", () => setTimeout(showColours))
}

// A link to each example, to copy or to send.

const LINK = { en: "Link to this example", zh: "本示例链接" }

function addExampleLinks() {
  for (const example of document.querySelectorAll(".md-content .example[id]")) {
    const link = document.createElement("a")
    link.className = "example-link"
    link.href = `#${example.id}`
    link.title = link.ariaLabel = LINK[LANGUAGE]
    link.textContent = "#"
    example.append(link)
  }
}

// What is too wide for its column scrolls, by the keyboard as well.

const TEXT = ".example-output pre, .highlight code"
const WIDE = `${TEXT}, .md-typeset table:not([class])`

const wide = new ResizeObserver(entries => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0
    else target.removeAttribute("tabindex")
  }
})

function watchWide() {
  wide.disconnect()
  for (const element of document.querySelectorAll(WIDE)) wide.observe(element)
}

// What is not in view has no width yet, and still belongs into the order of the keys.

function guessWide() {
  const { clientWidth } = document.querySelector(".example") ?? document.body
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
  const columns = (clientWidth / rem - 1.8) / 0.405 // the padding, a letter
  const long = new RegExp(`^.{${Math.max(1, Math.floor(columns))},}`, "m")
  for (const text of document.querySelectorAll(TEXT)) {
    if (long.test(text.textContent)) text.tabIndex = 0
  }
}

// The link past the menus gives the keyboard to the text and does nothing else: when a
// browser goes to a fragment, it takes the keyboard away again, some frames later.
document.addEventListener("click", event => {
  const skip = event.target.closest(".md-skip")
  const goal = skip && document.getElementById(decodeURIComponent(skip.hash.slice(1)))
  if (!goal || event.ctrlKey || event.metaKey || event.shiftKey) return // in a new tab
  event.preventDefault()
  event.stopPropagation() // instant navigation would go to the fragment, too
  goal.tabIndex = -1
  goal.focus()
}, { capture: true })

function prepare() {
  guessWide() // reads sizes, which the buttons make old
  addCopyButtons()
  addExampleLinks()
  watchWide()
}

// A task of its own: between the theme's and this one a page can answer.
if (window.document$) window.document$.subscribe(() => setTimeout(prepare))
else prepare()
