import { expect, test } from 'vitest'
import { comparePages, compareRules } from '../src/index.ts'
import { change, cleanPage, pageOf } from './pages.ts'

const page = pageOf('p01', '他说,好', '走了.')
const comma = change({ kind: 'replace', rule: 'marks', region: 'r1', from: 2, to: 3, before: ',', after: '，' })
const stop = change({ kind: 'replace', rule: 'marks', region: 'r2', from: 2, to: 3, before: '.', after: '。' })

test('two runs over one reading: what one has more, what was decided otherwise', () => {
  const a = cleanPage(page, [comma])
  const b = cleanPage(page, [{ ...comma, status: 'proposed' }, stop])
  const compared = comparePages(a, b)
  expect(compared).toMatchObject({ sameReading: true, edits: 2, same: 0, onlyA: [], onlyB: [{ region: 'r2' }] })
  expect(compared.altered).toHaveLength(1)
  expect(compareRules([compared])).toEqual([
    {
      rule: 'marks',
      onlyA: 0,
      onlyB: 1,
      altered: 1,
      samplesA: [],
      samplesB: ['p01 r2@2 “.” → “。”', 'p01 r1@2 “,” → “，” (proposed)']
    }
  ])
})

test('over another reading changes are compared by what they do', () => {
  const other = pageOf('p01', '啊,他说,好')
  const b = cleanPage(other, [{ ...comma, from: 4, to: 5 }])
  expect(comparePages(cleanPage(page, [comma]), b)).toMatchObject({ sameReading: false, same: 1, onlyA: [], onlyB: [] })
})
