import { describe, expect, test } from 'vitest'
import { explain, formatHtml, formatJson, formatTerminal, visible } from '../src/index.ts'
import { change, cleanPage, pageOf, samplePage } from './pages.ts'

const hostile = '<script>x()</script>\u001b[31m\u202egpj.exe\u0000\ud800"><img src=x onerror=x()>&amp;\u2028\u009b'
const hostilePage = cleanPage(pageOf('<b>p</b>\u001b]0;x\u0007', hostile), [
  change({
    kind: 'replace',
    region: 'r1',
    from: 0,
    to: 8,
    before: '<script>',
    after: '"\'><svg onload=x()>',
    rule: '</script>\u001b[2J',
    reason: '<!--'
  })
])

describe('terminal', () => {
  test('brackets differences, in line', () => {
    const text = formatTerminal(explain(samplePage()))
    expect(text).toContain('河堤修复[- -]工程完工')
    expect(text).toContain('[-(-]{+（+}记者')
    expect(text).toContain('⏎{~沿线二十三个村')
    expect(text).toContain('half-width-punctuation 0.90 “(” → “（”: A half-width bracket in Chinese.')
  })

  test('sets both sides beside each other, wide characters counted', () => {
    const lines = formatTerminal(explain(samplePage()), { layout: 'side-by-side', width: 63, reasons: false }).split('\n')
    expect(lines).toContain('河堤修复[- -]工程完工          │ 河堤修复工程完工')
  })

  test('obeys nothing that a page says', () => {
    for (const color of [false, true])
      for (const layout of ['inline', 'side-by-side'] as const) {
        const text = formatTerminal(explain(hostilePage), { color, layout })
        expect(text.replace(/\u001b\[[0-9;]*m/g, color ? '' : '$&')).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2028]/
        )
      }
  })
})

test('hidden characters are written out', () => {
  expect(visible('a\u001bb\u202ec\u200b\ud800\u{e0041}字')).toBe('a\\u{001B}b\\u{202E}c\\u{200B}\\u{D800}\\u{E0041}字')
})

describe('html', () => {
  const tags = (html: string): string[] => html.match(/<\/?[a-z]+/gi)!

  test('holds nothing of a page as markup', () => {
    const plain = formatHtml(
      explain(
        cleanPage(pageOf('p', 'x'.repeat(hostile.length)), [
          change({ kind: 'replace', region: 'r1', from: 0, to: 8, before: 'xxxxxxxx', after: 'y' })
        ])
      )
    )
    const html = formatHtml(explain(hostilePage))
    expect(tags(html).filter((tag) => !/span/.test(tag))).toEqual(tags(plain).filter((tag) => !/span/.test(tag)))
    expect(html).toContain('\\u{202E}')
    expect(html.isWellFormed()).toBe(true)
  })

  test('lets no script run but its own and fetches nothing', () => {
    const html = formatHtml(explain(samplePage()))
    expect(html).toMatch(/default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; img-src data:/)
    expect(html).not.toMatch(/https?:|\son[a-z]+=|style="/)
  })

  test('takes cuttings of the scan as data only', () => {
    const id = 'wrapped-space/r1@4'
    expect(formatHtml(explain(samplePage()), { snippets: { [id]: 'data:image/png;base64,AAAA' } })).toContain(
      'src="data:image/png;base64,AAAA"'
    )
    expect(() => formatHtml(explain(samplePage()), { snippets: { [id]: 'data:text/html,x' } })).toThrow('Expected a snippet')
  })
})

test('json comes back as the same value', () => {
  const explanation = explain(samplePage())
  expect(JSON.parse(formatJson(explanation))).toEqual(explanation)
})
