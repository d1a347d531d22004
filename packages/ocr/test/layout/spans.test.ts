import { describe, expect, test } from 'vitest'
import type { Blob } from '../../src/layout/blob.ts'
import type { Block } from '../../src/layout/blocks.ts'
import type { Rule } from '../../src/layout/rules.ts'
import { findBylines, headingSpan } from '../../src/layout/spans.ts'

const em = 20
const blob = (x0: number, y0: number, x1: number, y1: number): Blob => ({ x0, y0, x1, y1, area: (x1 - x0) * (y1 - y0) })
const block = (kind: Block['kind'], ...box: [number, number, number, number]): Block => ({ ...blob(...box), lines: [], em, kind })
const text = (x0: number, x1: number, y0 = 160): Block => block('text', x0, y0, x1, 600)

/** Three columns, and a heading that stands over the middle one alone. */
const heading = block('heading', 320, 90, 480, 130)
const columns = [text(50, 250), text(290, 510), text(550, 750)]

function span(others: readonly Block[], rules: readonly Rule[] = [], pictures: readonly Blob[] = []): [number, number] {
  const found = headingSpan(heading, { blocks: [heading, ...others], bylines: [], pictures, rules, em })
  return [found.x0, found.x1]
}

describe('headingSpan', () => {
  test('a headline set in the middle reaches over all columns that begin level below it', () => expect(span(columns)).toEqual([50, 750]))
  test('over a picture too', () => expect(span([columns[1]!, columns[2]!], [], [blob(50, 160, 250, 400)])).toEqual([50, 750]))
  test('not over a column that begins higher or lower', () => {
    expect(span([text(50, 250, 90), columns[1]!, columns[2]!])).toEqual([290, 750])
    expect(span([text(50, 250, 260), columns[1]!, columns[2]!])).toEqual([290, 750])
  })
  test('not past a rule between two columns', () =>
    expect(span(columns, [{ ...blob(269, 80, 271, 600), across: false }])).toEqual([290, 750]))
  test('not over a column that has a heading of its own', () =>
    expect(span([...columns, block('heading', 60, 100, 240, 140)])).toEqual([290, 750]))
  test('not across the page: a column too far away is another article', () =>
    expect(span([columns[1]!, text(700, 900)])).toEqual([290, 510]))
  test('not over a picture that runs on under a column whose text stands beside the heading', () =>
    expect(span([columns[0]!, columns[1]!, text(550, 750, 60)], [], [blob(290, 160, 750, 400)])).toEqual([50, 510]))
  test('a heading with nothing below reaches no further than itself', () => expect(span([])).toEqual([320, 480]))
})

test('a rule between columns that begins below the heading is of its own article', () => {
  const rule = (y0: number): Rule => ({ x0: 268, x1: 270, y0, y1: 600, area: 1, across: false }) as Rule
  expect(span(columns, [rule(150)])).toEqual([50, 750])
  expect(span(columns, [rule(80)])).toEqual([290, 750])
})

test('a line alone in the white between a headline and its columns is a byline, a first line of a column is none', () => {
  const line = { upright: false }
  const single = (x0: number, x1: number, y0: number): Block =>
    ({ ...block('text', x0, y0, x1, y0 + 20), lines: [line] }) as unknown as Block
  const headline = { ...single(50, 750, 40), kind: 'heading', y1: 90 } as Block
  const byline = single(330, 470, 110)
  expect(findBylines([headline, byline, ...columns], { rules: [], em })).toEqual([byline])
  const indented = single(90, 250, 110)
  expect(findBylines([headline, indented, text(50, 250), text(290, 510, 110)], { rules: [], em })).toEqual([])
})
