// A browser reads no worker from a disk. Here the script of a worker runs in an empty
// frame of the page instead; the theme's search knows frames by this class's name.

if (location.protocol === "file:") {
  const load = (inside, address) =>
    new Promise((resolve, reject) => {
      const script = inside.document.createElement("script")
      script.src = address
      script.onload = resolve
      script.onerror = () => reject(new Error(`${address} cannot be read`))
      inside.document.body.append(script)
    })

  window.IFrameWorker = class extends EventTarget {
    #ready

    constructor(address) {
      super()
      this.#ready = this.#open(new URL(address, document.baseURI).href)
    }

    async #open(address) {
      const frame = document.createElement("iframe")
      frame.hidden = true
      // Some browsers empty a new frame once more: what comes earlier is lost.
      await new Promise(resolve => {
        frame.onload = resolve
        document.body.append(frame)
      })
      const inside = frame.contentWindow
      inside.postMessage = data => {
        this.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) }))
      }
      inside.importScripts = async (...addresses) => {
        for (const each of addresses) await load(inside, each)
      }
      await load(inside, address)
      return inside
    }

    async postMessage(message) {
      const inside = await this.#ready
      const data = structuredClone(message)
      inside.dispatchEvent(new MessageEvent("message", { data }))
    }
  }

  window.Worker = window.IFrameWorker
}
