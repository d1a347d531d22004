import { expect, test } from 'vitest'
import { graphemes, lines, tokens, words } from '../src/index.ts'

test.each([
  ['汉字', ['汉', '字']],
  ['e\u0301a', ['e\u0301', 'a']],
  ['葛\u{e0100}城', ['葛\u{e0100}', '城']],
  ['👨‍👩‍👧好', ['👨‍👩‍👧', '好']],
  ['🇨🇳🇯🇵', ['🇨🇳', '🇯🇵']],
  ['한국', ['한', '국']],
  ['か\u3099', ['か\u3099']],
  ['a\r\nb', ['a', '\r\n', 'b']],
  ['\ud800字\udc00', ['\ud800', '字', '\udc00']],
  ['', []]
])('graphemes of %j', (text, expected) => {
  expect(graphemes(text)).toEqual(expected)
})

test('graphemes put together are the text, however it is cut into windows', () => {
  for (const text of ['e\u0301'.repeat(400), `a${'\u0301'.repeat(3000)}b`, '👩‍🚀'.repeat(200), '🇨🇳'.repeat(300), '\ud83d'.repeat(700)]) {
    const found = graphemes(text)
    expect(found.join('')).toBe(text)
    expect(found).toEqual([...new Intl.Segmenter('und').segment(text)].map((one) => one.segment))
  }
})

test.each([
  ['会上，临淄区', ['会', '上', '临', '淄', '区']],
  ['don’t pay 3.14, Mr. X', ['don’t', 'pay', '3.14', 'Mr', 'X']],
  ['所言:道阻', ['所', '言', '道', '阻']],
  ['R&D经费A区', ['R', 'D', '经', '费', 'A', '区']],
  ['  ——。', []]
])('words of %s', (text, expected) => {
  expect(words(text)).toEqual(expected)
})

test('tokens and lines put together are the text', () => {
  const text = '第1行，a  b\r\n\n二\u0301 🇨🇳\ud800 done.'
  expect(tokens(text).join('')).toBe(text)
  expect(lines(text)).toEqual(['第1行，a  b\r\n', '\n', '二\u0301 🇨🇳\ud800 done.'])
})
