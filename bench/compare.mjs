// How long a comparison takes, beside jsdiff's own `diffChars` in the same run; and what the worst inputs cost.
//   node bench/bench.mjs compare [--size 100000] [--limit 20]      size in characters, limit in seconds for diffChars
import { createRequire } from 'node:module'
import { diffTexts, errorRate, explainTexts, formatHtml } from '@broadsheet/compare'

const require = createRequire(new URL('../packages/compare/package.json', import.meta.url))
const { diffChars } = require('diff')

/** A generator of whole numbers below `n`: the same on every machine. */
function generator(seed) {
  let state = seed >>> 0
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 2 ** 32) * n)
  }
}

/** Text as skewed as prose: few characters are most of it, with marks and line ends. */
function prose(length, next) {
  let text = ''
  while (text.length < length) {
    const sentence = 8 + next(30)
    for (let at = 0; at < sentence; at++) text += String.fromCharCode(0x4e00 + Math.floor(3000 * (next(1000) / 1000) ** 3))
    text += next(5) === 0 ? '。\n' : '，'
  }
  return text.slice(0, length)
}

function damage(text, share, next) {
  let out = ''
  for (const char of text) {
    const dice = next(10000)
    if (dice < share * 6000) out += String.fromCharCode(0x4e00 + next(3000))
    else if (dice < share * 8000) continue
    else out += dice < share * 10000 ? char + String.fromCharCode(0x4e00 + next(3000)) : char
  }
  return out
}

function moveBlocks(text, count, size, next) {
  const blocks = text.match(new RegExp(`[^]{1,${size}}`, 'g'))
  for (let round = 0; round < count; round++) {
    const [block] = blocks.splice(next(blocks.length), 1)
    blocks.splice(next(blocks.length), 0, block)
  }
  return blocks.join('')
}

function timed(work) {
  globalThis.gc?.()
  const start = performance.now()
  const value = work()
  return { value, seconds: (performance.now() - start) / 1000 }
}

function describeRuns(runs) {
  const kinds = { removed: 0, added: 0, 'moved-to': 0 }
  for (const run of runs) if (run.kind in kinds) kinds[run.kind] += run.text.length
  return `-${kinds.removed} +${kinds.added} moved ${kinds['moved-to']}`
}

export default async function compare(args) {
  const option = (name, value) => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : value)
  const size = option('--size', 100_000)
  const limit = option('--limit', 20) * 1000
  const next = generator(1)
  const base = prose(size, next)
  const pairs = [
    ['equal but for 0.1 %', base, damage(base, 0.001, next)],
    ['1 % differs', base, damage(base, 0.01, next)],
    ['5 % differs', base, damage(base, 0.05, next)],
    ['5 % differs, 10 blocks of 500 moved', base, damage(moveBlocks(base, 10, 500, next), 0.05, next)],
    ['20 % differs', base, damage(base, 0.2, next)],
    ['nothing in common', base, prose(size, next).replace(/[^，。\n]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 4000))],
    ['two letters at random', ...[0, 1].map(() => Array.from({ length: size }, () => 'ab'[next(2)]).join(''))]
  ]
  console.log(`two texts of ${size} characters        diffTexts            jsdiff diffChars (gives up after ${limit / 1000} s)`)
  for (const [name, a, b] of pairs) {
    const ours = timed(() => diffTexts(a, b))
    const theirs = timed(() => diffChars(a, b, { timeout: limit }))
    const verdict = theirs.value ? `${theirs.seconds.toFixed(2)} s` : `gave up after ${theirs.seconds.toFixed(1)} s`
    console.log(`${name.padEnd(36)} ${ours.seconds.toFixed(2).padStart(6)} s  ${describeRuns(ours.value).padEnd(34)} ${verdict}`)
  }
  const [, , , [, a, b]] = pairs
  for (const [name, left, right] of [['5 % differs, 10 blocks of 500 moved', a, b], pairs[5]]) {
    const rate = timed(() => errorRate(left, right))
    console.log(
      `error rate, ${name}: ${rate.value.errors} errors in ${rate.seconds.toFixed(2)} s (${rate.value.exact ? 'exact' : 'at most'})`
    )
  }
  const html = timed(() => formatHtml(explainTexts(a, b)))
  console.log(`explained as HTML: ${(html.value.length / 1e6).toFixed(1)} MB in ${html.seconds.toFixed(2)} s`)
  const long = '字'.repeat(25_000_000)
  const huge = timed(() => diffTexts(long, `${long.slice(0, 12_000_000)}词${long.slice(12_000_001)}`))
  console.log(`50 MB in one line, twice: ${huge.seconds.toFixed(2)} s, ${huge.value.length} runs`)
  console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
}
