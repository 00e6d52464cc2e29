// Three conveniences. Every page reads well without them.

const LANGUAGE = document.documentElement.lang
const OTHER = { en: "zh", zh: "en" }
const SUGGESTION = {
  // In the language of the reader it is meant for, not of the page.
  en: "This page is also available in English.",
  zh: "本页有中文版。",
}
const SEEN = "language-suggested"

// The switch between languages keeps the place: the twin has the same anchors.

function headingInView() {
  const headings = document.querySelectorAll(".md-content :is(h1, h2, h3)[id]")
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
  if (link) link.hash = headingInView()
})

// With instant navigation pages change and the header stays: its links follow.

const VIEW = "parallel/"
const { base } = JSON.parse(document.getElementById("__config").textContent)
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
  const line = document.createElement("p")
  line.className = "language-suggestion"
  line.lang = preferred
  const link = document.createElement("a")
  link.href = twin.href
  link.textContent = SUGGESTION[preferred]
  line.append(link)
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

// The theme looks for words in the Chinese that is typed, but never at its last
// character: who asks for 步长 gets all that begins with 步. A mark behind it is last
// instead; it separates words, see mkdocs.zh.yml, and so is taken away again.

const QUERY = 2 // the type of this message to the theme's worker
const HAN = /\p{Script=Han}+/gu
const END = "\u303b"
const { postMessage } = Worker.prototype

Worker.prototype.postMessage = function (message, ...rest) {
  if (message && message.type === QUERY && typeof message.data === "string") {
    message = { ...message, data: message.data.replace(HAN, text => text + END) }
  }
  return postMessage.call(this, message, ...rest)
}

// What is too wide for its column scrolls, by the keyboard as well.

const WIDE = ".example-output pre, .md-typeset table:not([class])"

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

if (window.document$) window.document$.subscribe(watchWide)
else watchWide()
