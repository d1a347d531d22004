import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { crc32, deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** The built command, used as a person would. `npm test` builds first. */
const command = fileURLToPath(new URL('../bin/broadsheet.js', import.meta.url))
let root: string

const broadsheet = (...args: string[]): { status: number | null; stdout: string; stderr: string } => {
  const env = { ...process.env, NO_COLOR: '1', SOURCE_DATE_EPOCH: '1767225600' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', env, cwd: root })
  return { status, stdout, stderr }
}

const write = (path: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

const raw = '小广场开了门\n\n昨天,城东的小广场开了门，附近的居民带着孩子来散步。\n\n集市照旧在周六举行,县里派来的医生会在茶馆门口量血压。\n'

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'broadsheet-compare-'))
  write('scans/paper-1/broadsheet.yaml', 'title: 临湖晚报\ndate: 2024-09-26\n')
  write('scans/paper-1/p1.txt', raw)
  broadsheet('run', '--quiet')
})
afterAll(() => rmSync(root, { recursive: true }))

describe('broadsheet evaluate', () => {
  test('against text and Markdown, found by the name of the page; commas put right count for the rule', () => {
    write('truth/paper-1/p1.gt.txt', raw.replaceAll(',', '，'))
    const { status, stdout } = broadsheet('evaluate', 'output/paper-1', '--truth', 'truth', '--json')
    expect(status).toBe(0)
    const figures = JSON.parse(stdout)
    expect(figures.raw.cer.errors).toBe(2)
    expect(figures.clean.cer.errors).toBe(0)
    expect(figures.harm.errors).toBe(0)
    expect(figures.rules).toContainEqual(expect.objectContaining({ right: 2, wrong: 0 }))
    write('truth.md', `# 小广场开了门\n\n${raw.replaceAll(',', '，').split('\n\n').slice(1).join('\n\n')}`)
    expect(broadsheet('evaluate', 'output/paper-1/pages/p1', '--truth', 'truth.md').stdout).toContain('0.00 %')
  })
  test('a report, and grades without the truth', () => {
    expect(broadsheet('evaluate', 'output/paper-1', '--truth', 'truth', '--html', 'report.html')).toMatchObject({ status: 0 })
    expect(readFileSync(join(root, 'report.html'), 'utf8')).toContain('Pages, worst first')
    expect(broadsheet('evaluate', 'output/paper-1').stdout).toMatch(/paper-1\/p1 +A/)
  })
  test('the contents of a page are no truth: one line that says what is', () => {
    const { status, stderr } = broadsheet('evaluate', 'output/paper-1', '--truth', 'output/paper-1/pages/p1/index.md')
    expect(status).toBe(5)
    expect(stderr).toMatch(/index\.md: lists the articles of a page and does not hold its text; .*clean\.txt here\n$/)
  })
  test('no truth for a page: one line that says how to name it', () => {
    write('other/x.txt', 'x')
    const { status, stderr } = broadsheet('evaluate', 'output/paper-1', '--truth', 'other')
    expect(status).toBe(5)
    expect(stderr).toMatch(/no truth for p1; name the files after the pages: p1\.txt\n$/)
    expect(broadsheet('evaluate', 'output/paper-1', '--truth', 'nowhere').status).toBe(5)
  })
})

describe('broadsheet diff', () => {
  test('two runs, rule by rule', () => {
    expect(broadsheet('diff', '--between', 'output/paper-1', 'output/paper-1')).toMatchObject({ status: 0, stderr: '' })
    write('scans2/paper-1/broadsheet.yaml', 'title: 临湖晚报\nrules:\n  half-width-punctuation: off\n')
    cpSync(join(root, 'scans/paper-1/p1.txt'), join(root, 'scans2/paper-1/p1.txt'))
    expect(broadsheet('run', 'scans2', '--out', 'output2', '--quiet').stderr).toBe('')
    const { status, stdout } = broadsheet('diff', '--between', 'output/paper-1', 'output2/paper-1')
    expect(status).toBe(1)
    expect(stdout).toContain('1 of 1 pages differ between output and output2')
    expect(stdout).toMatch(/half-width-punctuation +output +paper-1\/p1 r\S+ “,” → “，”/)
  })
  test('an issue and an article of it', () => {
    expect(broadsheet('diff', 'output/paper-1').status).toBe(1)
    const { articles } = JSON.parse(readFileSync(join(root, 'output/paper-1/issue.json'), 'utf8'))
    const { status, stdout } = broadsheet('diff', `output/paper-1/articles/${articles[0].id}.md`, '--json')
    expect(status).toBe(1)
    expect(JSON.parse(stdout).unexplained).toEqual([])
  })
  test('nothing in a text reaches the terminal as it is', () => {
    write('a.txt', '甲\u001b[31m\u202e<script>乙\n')
    write('b.txt', Buffer.concat([Buffer.from('甲\u001b]0;x\u0007'), Buffer.from([0xed, 0xa0, 0x80, 0x0a])]))
    const { status, stdout } = broadsheet('diff', 'a.txt', 'b.txt')
    expect(status).toBe(1)
    expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/)
  })
})

describe('broadsheet reocr', () => {
  test('the old text is kept beside the scan, weighed by this run and by every later one', () => {
    write('scans3/paper-2/broadsheet.yaml', 'title: 临湖晚报\ndate: 2024-09-27\n')
    write('scans3/paper-2/p1.png', blankPng(600, 800))
    write('old/p1.txt', raw)
    const { status, stdout } = broadsheet(
      'reocr',
      'scans3/paper-2',
      '--against',
      'old',
      '--engine',
      'silent',
      '--quiet',
      '--out',
      'output3'
    )
    expect(status).toBe(0)
    expect(stdout).toMatch(/^Verdict, in lines\n/)
    expect(readFileSync(join(root, 'scans3/paper-2/p1.old.txt'), 'utf8')).toBe(raw)
    const clean = (): string => readFileSync(join(root, 'output3/paper-2/pages/p1/clean.txt'), 'utf8')
    expect(clean()).toContain('城东的小广场开了门')
    broadsheet('run', 'scans3', '--engine', 'silent', '--quiet', '--out', 'output3')
    expect(clean()).toContain('城东的小广场开了门')
  })
  test('a folder of issues: the old readings of each lie in a folder of its name', () => {
    for (const issue of ['a', 'b', 'c']) write(`scans5/${issue}/p1.png`, blankPng(60, 80))
    for (const issue of ['a', 'b']) write(`old5/${issue}/p1.txt`, raw)
    const { status, stdout, stderr } = broadsheet('reocr', 'scans5', '--against', 'old5', '--engine', 'silent', '--out', 'output5')
    expect(status).toBe(0)
    expect(stdout.match(/^ {2}[abc]\/p1 /gm)).toEqual(['  a/p1 ', '  b/p1 '])
    expect(stderr).toContain('note c: no old readings; left out')
    // Another old reading of the same page would leave two to choose from.
    write('old6/a/p1.hocr', '<html/>')
    expect(broadsheet('reocr', 'scans5/a', '--against', 'old6/a', '--engine', 'silent').stderr).toContain(
      'p1.old.txt: an old reading of this page is here already'
    )
  })
  test('without any old reading it says what to call them', () => {
    write('scans4/paper-3/p1.png', blankPng(60, 80))
    expect(broadsheet('reocr', 'scans4/paper-3', '--engine', 'silent').stderr).toMatch(
      /no old reading of p1; name them after the scans: p1\.txt\n$/
    )
  })
})

/** A white page, 8 bit grey. */
function blankPng(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    size.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([size, body, sum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  const rows = Buffer.alloc((width + 1) * height, 255)
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0))
  ])
}
