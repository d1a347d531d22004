import { describe, expect, test } from 'vitest'
import { lineGlue, lineSpans, locateSpan, type Page, rawText, type TextRegion } from '../src/index.ts'

const region = (...lines: string[]): TextRegion => ({
  type: 'text',
  id: 'r1',
  role: 'paragraph',
  lines: lines.map((text, index) => ({ id: `l${index + 1}`, text }))
})

describe('rawText', () => {
  test.each([
    ['Chinese lines are set solid', ['湖水清', '清山色'], '湖水清清山色'],
    ['a number goes on over the line end', ['到20', '24年'], '到2024年'],
    ['Latin words in Chinese text keep their blank', ['使用Open', 'Source软件'], '使用Open Source软件'],
    ['English lines are words apart', ['the old', 'ferry'], 'the old ferry'],
    ['a hyphen stays for a rule to see', ['the fer-', 'ry'], 'the fer- ry'],
    ['an empty line leaves no trace', ['湖', '', '水'], '湖水']
  ])('%s', (_name, lines, text) => expect(rawText(region(...lines))).toBe(text))

  test('every line knows its place', () =>
    expect(lineSpans(region('ab', 'cd')).map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [3, 5]
    ]))
  test('a glue needs two sides', () => expect(lineGlue('', 'a', false)).toBe(''))
})

describe('locateSpan', () => {
  const box = { x: 100, y: 50, width: 40, height: 10 }
  const page = (line: Partial<TextRegion['lines'][number]>): Page => ({
    id: 'p',
    processing: [],
    regions: [{ type: 'text', id: 'r1', role: 'paragraph', lines: [{ id: 'l1', text: '湖水清清', box, ...line }] }]
  })
  test('by proportion where there are no glyph boxes', () =>
    expect(locateSpan(page({}), { region: 'r1', from: 1, to: 3 })[0]!.box).toEqual({ x: 110, y: 50, width: 20, height: 10 }))
  test('downwards in a vertical line', () =>
    expect(
      locateSpan(page({ direction: 'vertical-rl', box: { x: 0, y: 0, width: 10, height: 40 } }), { region: 'r1', from: 3, to: 4 })[0]!.box
    ).toEqual({ x: 0, y: 30, width: 10, height: 10 }))
  test('from the right in a line that runs to the left', () =>
    expect(locateSpan(page({ direction: 'horizontal-rl' }), { region: 'r1', from: 0, to: 1 })[0]!.box.x).toBe(130))
  test('by glyph boxes where there are some', () => {
    const glyphs = [...'湖水清清'].map((text, index) => ({ text, confidence: 1, box: { x: 100 + index * 9, y: 52, width: 8, height: 8 } }))
    expect(
      locateSpan(page({ words: [{ text: '湖水清清', confidence: 1, box, glyphs }] }), { region: 'r1', from: 1, to: 2 })[0]!.box
    ).toEqual({ x: 109, y: 52, width: 8, height: 8 })
  })
  test('nothing where nothing was measured', () => {
    const { box: _none, ...line } =
      page({}).regions[0]!.type === 'text' ? (page({}).regions[0] as TextRegion).lines[0]! : { box: undefined }
    expect(
      locateSpan(
        { id: 'p', processing: [], regions: [{ type: 'text', id: 'r1', role: 'paragraph', lines: [line as TextRegion['lines'][number]] }] },
        { region: 'r1', from: 0, to: 1 }
      )
    ).toEqual([])
  })
})
