// What has to happen before the theme's own script. Its costs were found with the
// profiler of Chromium, see tests/benchmarks/reading.py.

// The theme fetches the script of its search and the index, two thirds of all bytes of
// a first visit, and builds the index, a second in which a phone does not answer. Here
// both wait until somebody goes to the search box.

const asked = new URLSearchParams(location.search)
let searching = asked.has("q") || asked.has("h") // h: words to mark
const wanted = new Promise(resolve => {
  if (searching) resolve()
  document.addEventListener("focusin", event => {
    if (event.target.closest(".md-search")) resolve((searching = true))
  })
})

const { open, send } = XMLHttpRequest.prototype

XMLHttpRequest.prototype.open = function (method, url, ...rest) {
  this.waits = String(url).endsWith("search/search_index.json")
  return open.call(this, method, url, ...rest)
}

XMLHttpRequest.prototype.send = function (...body) {
  if (this.waits && !searching) wanted.then(() => send.apply(this, body))
  else send.apply(this, body)
}

if (location.protocol !== "file:") {
  const Started = window.Worker

  window.Worker = class extends EventTarget {
    #started

    constructor(...given) {
      super()
      this.#started = wanted.then(() => {
        const worker = new Started(...given)
        worker.addEventListener("message", ({ data }) => {
          this.dispatchEvent(new MessageEvent("message", { data }))
        })
        return worker
      })
    }

    async postMessage(...message) {
      const worker = await this.#started
      worker.postMessage(...message)
    }
  }
}

// From a disk no page can be fetched; with instant navigation switched on, the theme's
// script would then leave pages without all that waits for the page.

if (location.protocol === "file:") {
  const config = document.getElementById("__config")
  const { features, ...others } = JSON.parse(config.textContent)
  const kept = features.filter(name => !name.startsWith("navigation.instant"))
  config.textContent = JSON.stringify({ ...others, features: kept })
}
