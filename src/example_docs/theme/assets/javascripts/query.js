// What is searched for is cleaned before the theme's worker gets it. People paste whole
// messages and ask whole questions; the theme would look for every word that begins with
// "a" or "to" or "4".

// site/search.py reads these words too: what stands beside each other without them.
const SAYS_LITTLE = new Set(`
a about after all also am an and any are as at be because been before being between but
by can cannot could did difference different do does doing don't each every explained for
from get gets getting give got had has have how i if in into is it its just like make
makes me mean means more most my need no not of off on one only or other our out over same
should so some such tell than that the their them then there these they this those time to
too try trying use used using vs want was way we were what when where which while who why
will with without work works would you your
nn np python pytorch tensor tensors torch
`.trim().split(/\s+/))

// The longer ones first: the browser's own cutting does not know them all.
const HAN_SAYS_LITTLE =
  /为什么|是什么|有什么|什么|有没有|是不是|能不能|要不要|怎么样?|怎样|如何|为何|请问|一个|一种|两个|这个|那个|哪个好?|可以|意思|区别|不同|出现|变成|需要|没有|原理|报错|张量/g
const HAN_ALONE = new Set("一下与中也了从会你到及吗呢和在多就想我才把无是时有用的着给能被要让还都里上处好")

// The theme looks for words in the Chinese that is typed, but never at its last
// character: who asks for 步长 gets all that begins with 步. A mark behind it is last
// instead; it separates words, see mkdocs.zh.yml, and so is taken away again.
const HAN = /\p{Script=Han}+/gu
const END = "\u303b"
const NUMBER = /^(?:[a-z]|[-+\d.x×]+)$/i
const SHAPE = /\((?:\w+, *\w*)\)|Size\(\[[\d, ]*\]\)/g
// A name that says something although the word alone does not: the index has it as
// torch_where, see docs/search.yml.
const CALLED = /\b(?:torch|nn|F|np)\.([a-z]\w*)/gi

const segmenter = globalThis.Intl?.Segmenter
  && new Intl.Segmenter("zh", { granularity: "word" })

const isLittle = word => SAYS_LITTLE.has(word.toLowerCase())

function telling(han) {
  const rest = han.replace(HAN_SAYS_LITTLE, little => (little === han ? little : " "))
  if (!segmenter) return rest
  const words = [...segmenter.segment(rest)].map(word => word.segment)
  return words.map(word => (HAN_ALONE.has(word) ? " " : word)).join("")
}

const singular = word => word.replace(/(?<=\w\w\w)(?<!s)s$/, "")
const stem = word => word.replace(/(?<=\w{4})(?:ing|ed)$/, "")

function wordsOf(query) {
  const words = query
    .replace(CALLED, (all, name) => (isLittle(name) ? ` torch_${name} ` : all))
    .replace(/\b[A-Z]\w*(?:Error|Warning|Exception): /g, "")
    .replace(HAN, han => ` ${telling(han)} `)
    .split(/[\s"'“”‘’()[\]{},:;!?<>=…`，。：；！？（）《》]+|\.(?!\d)/u)
    .filter(word => word && !isLittle(word))
  // A letter or a number alone begins half of all words; beside others it says little.
  const others = words.filter(word => !NUMBER.test(word) && word !== "Size")
  const shapes = query.match(SHAPE) ?? []
  if (shapes.length > 1 && !others.some(word => /\w/.test(word))) {
    // Two shapes and nothing else: what do they give together?
    return query.includes("@") ? ["matrix", "multiplication"] : ["shapes", "broadcast"]
  }
  return others.length ? others : words
}

// A word as it is says more than what begins like it, and two words that stand beside
// each other say most; the index has such pairs, see site/search.py.
function cleaned(query) {
  const words = wordsOf(query)
  if (!words.length) return query.replace(HAN, han => han + END)
  const stems = words.map(word => singular(word.toLowerCase()))
  const parts = words.map((word, i) => {
    if (/^\w+$/.test(word)) return `${word.toLowerCase()}^4 ${stem(stems[i])}`
    return word.replace(HAN, han => han + END)
  })
  const pairs = stems
    .slice(1)
    .map((next, i) => `${stems[i]}_${next}`)
    .filter(pair => /^\w+$/.test(pair))
    .map(pair => `${pair}^6`)
  return [...parts, ...pairs].join(" ")
}
