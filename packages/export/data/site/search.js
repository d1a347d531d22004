// Full-text search without a server: a classic script, since modules and requests do not work from file://.
/* global document, location */
globalThis.broadsheet ??= {}

globalThis.broadsheet.search = (() => {
  // ---- terms: the same as src/site/terms.ts ----
  const runs =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}々〇]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}々〇])[\p{L}\p{N}\p{M}])+/gu
  const solid = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}々〇]/u

  function foldText(text) {
    return text.replace(/[^\u0000-\u007f\u4e00-\u9fff]|[A-Z]/gu, (char) => {
      const plain = char.normalize('NFKC').toLowerCase()
      return plain.length === char.length ? plain : char
    })
  }

  function termsOf(text) {
    const terms = new Set()
    for (const [run] of foldText(text).matchAll(runs)) {
      if (!solid.test(run)) {
        terms.add(run.slice(0, 32))
        continue
      }
      let before = ''
      for (const char of run) {
        terms.add(char)
        if (before !== '') terms.add(before + char)
        before = char
      }
    }
    return terms
  }

  const digits = "!#$%&'()+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"
  const last = 60

  function decode(list) {
    const numbers = []
    let number = 0
    let value = 0
    for (const char of list) {
      const digit = digits.indexOf(char)
      if (digit >= last) {
        value = value * (digits.length - last) + digit - last
        continue
      }
      number += value * last + digit
      numbers.push(number)
      value = 0
    }
    return numbers
  }

  // ---- loading ----
  const arrived = new Map()
  const waiting = new Map()
  const base = 'search/'
  let loadScript = (path) =>
    new Promise((resolve, reject) => {
      const element = document.createElement('script')
      element.src = base + path
      element.onload = resolve
      element.onerror = () => reject(new Error(path))
      document.head.append(element)
    })

  function load(path) {
    if (!waiting.has(path))
      waiting.set(
        path,
        loadScript(path).then(() => arrived.get(path))
      )
    return waiting.get(path)
  }

  // ---- queries ----
  /** Words and "phrases" of a query, each a list of what its parts are found by. */
  function parseQuery(query) {
    const phrases = []
    for (const [, quoted, plain] of query.matchAll(/["“”「『]([^"“”」』]+)["“”」』]?|([^\s"“”「」『』]+)/gu)) {
      const text = foldText(quoted ?? plain).trim()
      const parts = []
      for (const [run] of text.matchAll(runs)) {
        if (!solid.test(run)) {
          parts.push({ word: run.slice(0, 32) })
          continue
        }
        const chars = [...run]
        if (chars.length === 1) parts.push({ term: run })
        for (let at = 0; at + 1 < chars.length; at++) parts.push({ term: chars[at] + chars[at + 1] })
      }
      if (parts.length > 0) phrases.push({ text, parts })
    }
    return phrases
  }

  const all = (segment) => Array.from({ length: segment.documents }, (_, number) => number)

  const documentsIn = (segment, list) => (list === '*' ? all(segment) : decode(list))

  /** The list of a character or a pair in its file: ASCII, up to the next character. */
  function listOf(groups, term) {
    const [first, second = ''] = term
    const group = Object.hasOwn(groups, first) ? groups[first] : ''
    const at = group.indexOf(second)
    return at < 0 ? '' : /^[!-~]*/.exec(group.slice(at + second.length))[0]
  }

  /** Which file of the sorted terms a term stands in, if it is there. */
  function shardOf(starts, term) {
    let shard = starts.length - 1
    while (shard > 0 && starts[shard] > term) shard--
    return shard
  }

  /** More files than this are not loaded for the words that begin with some letters: the texts are looked at instead. */
  const most = 8

  /** Numbers of the documents that a part of a query may stand in: too many rather than too few. */
  async function documentsOf(segment, part) {
    const { terms: starts } = await load(`${segment.name}/starts.js`)
    const key = part.term ?? part.word
    const from = shardOf(starts, key)
    const to = part.word ? shardOf(starts, `${key}\uffff`) : from
    if (to - from >= most) return all(segment)
    const files = await Promise.all(Array.from({ length: to - from + 1 }, (_, index) => load(`${segment.name}/terms-${from + index}.js`)))
    if (part.term) return documentsIn(segment, listOf(files[0], key))
    return files.flatMap((groups) =>
      Object.keys(groups).flatMap((word) => (!solid.test(word) && word.startsWith(key) ? documentsIn(segment, groups[word]) : []))
    )
  }

  async function candidates(segment, phrases) {
    const lists = await Promise.all(phrases.flatMap((phrase) => phrase.parts).map((part) => documentsOf(segment, part)))
    const sets = lists.map((list) => new Set(list)).sort((a, b) => a.size - b.size)
    return [...sets[0]].filter((number) => sets.every((set) => set.has(number))).sort((a, b) => b - a)
  }

  /** Where a phrase stands in a folded text, at most twenty places; words only from their beginning. */
  function findPhrase(folded, phrase) {
    const places = []
    const solidStart = solid.test(phrase.text)
    for (let at = folded.indexOf(phrase.text); at >= 0 && places.length < 20; at = folded.indexOf(phrase.text, at + 1)) {
      const before = at > 0 ? [...folded.slice(Math.max(0, at - 2), at)].pop() : ''
      if (solidStart || !/[\p{L}\p{N}\p{M}]/u.test(before) || solid.test(before)) places.push({ at, length: phrase.text.length })
    }
    return places
  }

  async function documentAt(segment, number) {
    const { texts: starts } = await load(`${segment.name}/starts.js`)
    let index = starts.length - 1
    while (starts[index] > number) index--
    return (await load(`${segment.name}/texts-${starts[index]}.js`))[number - starts[index]]
  }

  /** The document with where each phrase stands in it, title first; undefined when one stands nowhere. */
  function match(found, phrases) {
    const whole = `${found.title}\n${found.text}`
    const folded = foldText(whole)
    const hits = phrases.map((phrase) => findPhrase(folded, phrase))
    return hits.some((places) => places.length === 0) ? undefined : { ...found, whole, hits: hits.flat() }
  }

  /** All that matches a query, newest year first; nothing is loaded before it is asked for. */
  async function* find(query) {
    const phrases = parseQuery(query)
    if (phrases.length === 0) return
    const segments = [...(await load('index.js'))].reverse()
    for (const segment of segments)
      for (const number of await candidates(segment, phrases)) {
        const result = match(await documentAt(segment, number), phrases)
        if (result) yield result
      }
  }

  // ---- the page ----
  const shown = 20

  function snippet(result) {
    const start = result.title.length + 1
    const hit = result.hits.map((each) => each.at).filter((at) => at >= start)
    const centre = hit.length > 0 ? Math.min(...hit) : start
    const from = Math.max(start, centre - 40)
    const to = Math.min(result.whole.length, centre + 100)
    return marked(result, from, to, from > start, to < result.whole.length)
  }

  /** Text with its hits in <mark>, built of text nodes: whatever it looks like, it stays text. */
  function marked(result, from, to, cutBefore = false, cutAfter = false) {
    const fragment = document.createDocumentFragment()
    if (cutBefore) fragment.append('…')
    let at = from
    const hits = result.hits.filter((hit) => hit.at + hit.length > from && hit.at < to).sort((a, b) => a.at - b.at)
    for (const hit of hits) {
      const start = Math.max(at, hit.at)
      const end = Math.min(to, hit.at + hit.length)
      if (end <= start) continue
      const mark = document.createElement('mark')
      mark.textContent = result.whole.slice(start, end)
      fragment.append(result.whole.slice(at, start), mark)
      at = end
    }
    fragment.append(result.whole.slice(at, to), cutAfter ? '…' : '')
    return fragment
  }

  function showResult(result, query) {
    const item = document.createElement('li')
    const link = document.createElement('a')
    link.href = result.href
    link.append(marked(result, 0, result.title.length))
    const heading = document.createElement('h2')
    heading.append(link)
    const source = document.createElement('p')
    source.className = 'source'
    source.textContent = result.source
    const text = document.createElement('p')
    text.append(snippet(result))
    item.append(heading, source, text)
    item.dataset.query = query
    return item
  }

  async function run(page, query) {
    const status = page.querySelector('[role=status]')
    const list = page.querySelector('ol')
    const more = page.querySelector('button.more')
    const words = status.dataset
    list.replaceChildren()
    more.hidden = true
    if (query.trim() === '') {
      status.textContent = ''
      return
    }
    status.textContent = words.searching
    const results = find(query)
    let count = 0
    const next = async () => {
      more.hidden = true
      for (let left = shown; left > 0; left--) {
        const { value, done } = await results.next()
        if (done) {
          status.textContent = count === 0 ? words.none : words.all.replace('{}', count)
          return
        }
        list.append(showResult(value, query))
        count++
        status.textContent = words.some.replace('{}', count)
      }
      more.hidden = false
    }
    more.onclick = async () => {
      const last = list.lastElementChild
      await next().catch(fail)
      last?.nextElementSibling?.querySelector('a')?.focus()
    }
    const fail = (error) => {
      status.textContent = `${words.failed} ${error.message}`
    }
    await next().catch(fail)
  }

  function start() {
    const page = document.querySelector('[data-search]')
    if (!page) return
    const field = page.querySelector('input[type=search]')
    const query = new URLSearchParams(location.search).get('q') ?? ''
    field.value = query
    page.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault()
      history.replaceState(null, '', `?q=${encodeURIComponent(field.value)}`)
      run(page, field.value)
    })
    run(page, query)
    if (query === '') field.focus()
  }

  if (typeof document !== 'undefined') {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start)
    else start()
  }

  return {
    // Called by the files of the index.
    index: (segments) => arrived.set('index.js', segments),
    terms: (segment, shard, terms) => arrived.set(`${segment}/terms-${shard}.js`, terms),
    starts: (segment, starts) => arrived.set(`${segment}/starts.js`, starts),
    texts: (segment, first, documents) => arrived.set(`${segment}/texts-${first}.js`, documents),
    // For whoever brings another way of loading.
    find,
    termsOf,
    set loader(load) {
      loadScript = load
    }
  }
})()
