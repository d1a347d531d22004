import { describe, expect, test } from 'vitest'
import { type DiffRun, diffTexts } from '../src/index.ts'

/** `推广<del> </del>普及`, moves as `<1>…</1>` where they were taken and `[1]…[/1]` where they went. */
function show(runs: readonly DiffRun[]): string {
  const marks = {
    same: ['', ''],
    removed: ['<del>', '</del>'],
    added: ['<ins>', '</ins>'],
    'moved-from': ['<from>', '</from>'],
    'moved-to': ['<to>', '</to>']
  } as const
  return runs.map((run) => marks[run.kind][0] + run.text + marks[run.kind][1]).join('')
}

function sides(runs: readonly DiffRun[]): [string, string] {
  const left = runs.filter((run) => run.kind !== 'added' && run.kind !== 'moved-to')
  const right = runs.filter((run) => run.kind !== 'removed' && run.kind !== 'moved-from')
  return [left.map((run) => run.text).join(''), right.map((run) => run.text).join('')]
}

test.each([
  ['推广 普及', '推广普及', '推广<del> </del>普及'],
  ['他说,好', '他说，好', '他说<del>,</del><ins>，</ins>好'],
  ['一访书记', '——访书记', '<del>一</del><ins>——</ins>访书记'],
  ['葛\u{e0100}城', '葛\u{e0101}城', '<del>葛\u{e0100}</del><ins>葛\u{e0101}</ins>城'],
  ['', '', ''],
  ['同', '同', '同'],
  ['', '新', '<ins>新</ins>'],
  ['旧', '', '<del>旧</del>'],
  ['同一行\n', '同一行\n新行\n', '同一行\n<ins>新行\n</ins>'],
  ['甲行\n乙行\n丙\n', '乙行\n丙\n', '<del>甲行\n</del>乙行\n丙\n']
])('%j → %j', (a, b, expected) => {
  expect(show(diffTexts(a, b))).toBe(expected)
})

test('a displaced passage is a move', () => {
  const moved = '随船的货物包括竹器与新茶'
  const runs = diffTexts(`${moved}。上午天气很好，街上的人不多，店铺开门。`, `上午天气很好，街上的人不多，店铺开门。${moved}。`)
  expect(runs.filter((run) => run.move === 1).map((run) => [run.kind, run.text])).toEqual([
    ['moved-from', moved],
    ['moved-to', moved]
  ])
})

test('words are not cut when words are compared', () => {
  expect(show(diffTexts('the o1d mill', 'the old mill', { unit: 'word' }))).toBe('the <del>o1d</del><ins>old</ins> mill')
})

describe('whatever the texts, both come back whole and at their places', () => {
  const noise = (length: number, alphabet: string, seed: number): string => {
    let state = seed
    return Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return alphabet[Math.floor((state / 2 ** 32) * alphabet.length)]!
    }).join('')
  }
  const base = noise(6000, '天地人日月山水火木金土上下左右中大小', 1)
  const cases: Record<string, [string, string]> = {
    'small edits': [base, base.replace(/天地/g, '天').replace(/火木/g, '火火木')],
    'blocks moved': [base, base.slice(2000, 4000) + base.slice(0, 2000) + base.slice(4000)],
    'nothing in common': [noise(5000, 'abcdef', 2), noise(5000, 'uvwxyz', 3)],
    'two letters': [noise(4000, 'ab', 4), noise(4000, 'ab', 5)],
    'one letter': ['a'.repeat(5000), `${'a'.repeat(2500)}b${'a'.repeat(2000)}`],
    'half surrogates': ['\ud800'.repeat(3000), '\udc00'.repeat(3000)],
    'very long': ['长文一句。'.repeat(400_000), `${'长文一句。'.repeat(200_000)}新${'长文一句。'.repeat(199_000)}`]
  }
  test.each(Object.keys(cases))('%s', (name) => {
    const [a, b] = cases[name]!
    const runs = diffTexts(a, b)
    expect(sides(runs)[0] === a).toBe(true)
    expect(sides(runs)[1] === b).toBe(true)
    for (const run of runs) {
      const side =
        run.kind === 'added' || run.kind === 'moved-to' ? b.slice(run.b, run.b + run.text.length) : a.slice(run.a, run.a + run.text.length)
      expect(side === run.text).toBe(true)
    }
  })
})
