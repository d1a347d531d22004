import { describe, expect, test } from 'vitest'
import { parseIssueConfig } from '../src/config.ts'
import { displayWidth, padCells, plain, shellWord } from '../src/plain.ts'
import { safeName } from '../src/plan.ts'

describe('safeName', () => {
  test.each(['p01', 'linhu-evening-2024-09-26', '临湖晚报', 'A_1.b'])('%s stays', (name) => expect(safeName(name)).toBe(name))
  test.each(['a\nb', '../x', 'a/b', 'con', '', '...', '"<>|', 'a b', '-rf', 'é'.normalize('NFD').repeat(90)])(
    '%j becomes a plain name with a digest',
    (name) => expect(safeName(name)).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}._-]*-[0-9a-f]{8}$/u)
  )
  test('two names that look alike once altered stay two', () => expect(safeName('a b')).not.toBe(safeName('a\tb')))
  test('a name is at most 89 bytes', () => expect(Buffer.byteLength(safeName('报'.repeat(300)))).toBeLessThanOrEqual(89))
})

describe('plain', () => {
  test.each([
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['a\nb', 'a\\u{a}b'],
    ['\u202egpj.exe', '\\u{202e}gpj.exe'],
    ['湖\ud800水', '湖\\u{d800}水'],
    ['𠮷野家', '𠮷野家']
  ])('%j is shown as %s', (text, shown) => expect(plain(text)).toBe(shown))
  test.each([
    ['output/临湖-1/p01', 'output/临湖-1/p01'],
    ['my scans/$HOME', "'my scans/$HOME'"],
    ["it's", "'it'\\''s'"]
  ])('%j can be pasted as %s', (path, word) => expect(shellWord(path)).toBe(word))
  test('wide characters take two cells', () => expect(displayWidth('a湖')).toBe(3))
  test('a cell is cut by width', () => expect(padCells('湖水清清', 5)).toBe('湖水…'))
})

describe('broadsheet.yaml', () => {
  const read = (text: string) => parseIssueConfig(text, 'x.yaml')
  test('a title is enough', () => expect(read('title: 临湖晚报')).toEqual({ title: '临湖晚报', language: 'zh-Hans' }))
  test('a date stays a date', () => expect(read('title: X\ndate: 2024-09-26').date).toBe('2024-09-26'))
  test.each([
    ['a wrong date', 'title: X\ndate: 2024-02-30', /x\.yaml: date: expected a calendar date/],
    ['an unknown field', 'title: X\ntitel: Y', /unknown “titel”; known are/],
    ['a path for an id', 'title: X\nid: ../y', /id: expected letters/],
    ['an unknown encoding', 'title: X\nencoding: martian', /encoding: expected the name of an encoding/],
    ['no title', 'date: 2024-09-26', /title:/],
    ['an unknown rule setting', 'title: X\nrules: {stray-glyph: maybe}', /rules\.stray-glyph/],
    ['broken YAML', 'title: [', /not valid YAML/],
    ['deep nesting', `title: ${'['.repeat(999)}`, /nested too deeply/],
    ['a long file', `title: ${'x'.repeat(70_000)}`, /longer than 64 KB/],
    ['a list', '- a', /x\.yaml/]
  ])('refuses %s in one line', (_name, text, message) => expect(() => read(text)).toThrow(message))
})
