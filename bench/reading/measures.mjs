// What bench/reading.mjs measures by: error rates, line finding, reading order.

/** NFKC, blanks left out: what counts as the same character. */
export const folded = (text) => text.replace(/\s+/gu, '').normalize('NFKC')
export const hanOnly = (text) => folded(text).replace(/[^\p{Script=Han}]/gu, '')

/** Edit distance by characters, two rows of numbers. */
export function distance(a, b) {
  const left = Uint32Array.from(a, (char) => char.codePointAt(0))
  const right = Uint32Array.from(b, (char) => char.codePointAt(0))
  let above = Uint32Array.from({ length: right.length + 1 }, (_, index) => index)
  let here = new Uint32Array(right.length + 1)
  for (let i = 1; i <= left.length; i++) {
    here[0] = i
    for (let j = 1; j <= right.length; j++) {
      const change = above[j - 1] + (left[i - 1] === right[j - 1] ? 0 : 1)
      here[j] = Math.min(change, above[j] + 1, here[j - 1] + 1)
    }
    ;[above, here] = [here, above]
  }
  return above[right.length]
}

/** Fewest edits that find `part` somewhere inside `whole`. */
function distanceWithin(part, whole) {
  let above = new Uint32Array(whole.length + 1)
  let here = new Uint32Array(whole.length + 1)
  for (let i = 1; i <= part.length; i++) {
    here[0] = i
    for (let j = 1; j <= whole.length; j++)
      here[j] = Math.min(above[j - 1] + (part[i - 1] === whole[j - 1] ? 0 : 1), above[j] + 1, here[j - 1] + 1)
    ;[above, here] = [here, above]
  }
  return above.reduce((least, value) => Math.min(least, value), part.length)
}

/** Edits and length when each true line is looked for anywhere in what was read. */
export function orderFree(lines, text, fold) {
  const whole = Uint32Array.from(fold(text), (char) => char.codePointAt(0))
  let edits = 0
  let length = 0
  for (const line of lines) {
    const part = Uint32Array.from(fold(line), (char) => char.codePointAt(0))
    length += part.length
    if (part.length > 0) edits += distanceWithin(part, whole)
  }
  return { edits, length }
}

const area = (box) => box.width * box.height
export function agreement(a, b) {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  if (width <= 0 || height <= 0) return 0
  return (width * height) / (area(a) + area(b) - width * height)
}

/** Pairs each true line with the found line that agrees best with it, at least by half; each found line once. */
export function matchLines(truth, found) {
  const pairs = []
  for (const [i, a] of truth.entries())
    for (const [j, b] of found.entries()) {
      const value = agreement(a, b)
      if (value >= 0.5) pairs.push({ i, j, value })
    }
  pairs.sort((a, b) => b.value - a.value)
  const ofTruth = new Map()
  const used = new Set()
  for (const { i, j } of pairs) {
    if (ofTruth.has(i) || used.has(j)) continue
    ofTruth.set(i, j)
    used.add(j)
  }
  return ofTruth
}

/** Share of the pairs of lines that stand in the same order in both; `groups` restricts it to pairs of one group. */
export function pairwiseOrder(matched, groups) {
  const entries = [...matched.entries()].sort((a, b) => a[0] - b[0])
  let right = 0
  let all = 0
  for (let a = 0; a < entries.length; a++)
    for (let b = a + 1; b < entries.length; b++) {
      if (groups && (groups[entries[a][0]] === null || groups[entries[a][0]] !== groups[entries[b][0]])) continue
      all++
      if (entries[a][1] < entries[b][1]) right++
    }
  return { right, all }
}
