// Which characters were read for which: what is behind an error rate.

/** Alignment of least edits: pairs [true character, read character], '' where one is missing. */
export function alignCharacters(truth, read) {
  const a = [...truth]
  const b = [...read]
  const d = Array.from({ length: a.length + 1 }, (_, i) => [i])
  for (let j = 1; j <= b.length; j++) d[0][j] = j
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      d[i][j] = Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
  const pairs = []
  let [i, j] = [a.length, b.length]
  while (i > 0 || j > 0)
    if (i > 0 && j > 0 && d[i][j] === d[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)) pairs.push([a[--i], b[--j]])
    else if (i > 0 && d[i][j] === d[i - 1][j] + 1) pairs.push([a[--i], ''])
    else pairs.push(['', b[--j]])
  return pairs.reverse()
}

const kinds = [
  ['nothing', (char) => char === ''],
  ['Han', (char) => /\p{Script=Han}/u.test(char)],
  ['figure', (char) => /\p{N}/u.test(char)],
  ['letter', (char) => /\p{L}/u.test(char)],
  ['mark', () => true]
]
const kindOf = (char) => kinds.find(([, is]) => is(char))[0]

/** Counts of what was read for what, by characters and by kinds, how many at the ends of lines, and of all characters. */
export function countConfusions(lines) {
  const counts = { characters: new Map(), kinds: new Map(), all: 0, wrong: 0, first: 0, last: 0 }
  const add = (map, key) => map.set(key, (map.get(key) ?? 0) + 1)
  for (const [truth, read] of lines) {
    counts.all += [...truth].length
    const pairs = alignCharacters(truth, read)
    for (const [index, [a, b]] of pairs.entries()) {
      if (a === b) continue
      counts.wrong++
      if (index === 0) counts.first++
      if (index === pairs.length - 1) counts.last++
      add(counts.characters, `${a || '∅'}→${b || '∅'}`)
      add(counts.kinds, `${kindOf(a)}→${kindOf(b)}`)
    }
  }
  return counts
}

/** @param lines pairs [true text, read text] */
export function printConfusions(name, lines, most) {
  const { characters, kinds: byKind, all, wrong, first, last } = countConfusions(lines)
  const list = (map, count) =>
    [...map]
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, count)
      .map((entry) => entry.join(' '))
      .join('  ')
  console.log(`\n${name}: ${wrong} of ${all} characters wrong, ${first} first and ${last} last of their line`)
  if (wrong > 0) console.log(`  ${list(byKind, 12)}\n  ${list(characters, most)}`)
}
