// A page that has moved: on to the new one, with the anchor that was asked for.

const link = document.querySelector("a")
if (location.hash) link.hash = location.hash
location.replace(link.href)
