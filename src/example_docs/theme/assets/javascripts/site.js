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
  // At the top of the page there is no place to keep.
  return current && current.tagName !== "H1" ? current.id : ""
}

document.addEventListener("click", event => {
  const link = event.target.closest(".language-switch, .parallel-switch")
  if (link) link.hash = headingInView()
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
