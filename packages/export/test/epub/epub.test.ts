import { describe, expect, it } from 'vitest'
import { writeEpub } from '../../src/epub/epub.ts'
import { portable } from '../../src/portable.ts'
import { hostileText, makeIssue } from '../publish/made-issue.ts'
import { findEpubcheck, run, withFile } from '../publish/tools.ts'

/** Every file of a zip that stores its files: enough for our own. */
function unzip(bytes: Uint8Array): Map<string, string> {
  const zip = Buffer.from(bytes)
  const files = new Map<string, string>()
  for (let at = 0; zip.readUInt32LE(at) === 0x04034b50; ) {
    const [size, name, extra] = [zip.readUInt32LE(at + 18), zip.readUInt16LE(at + 26), zip.readUInt16LE(at + 28)]
    const start = at + 30 + name + extra
    files.set(zip.toString('utf8', at + 30, at + 30 + name), zip.toString('utf8', start, start + size))
    at = start + size
  }
  return files
}

const textOf = (xhtml: string): string =>
  xhtml
    .replace(/<head>.*<\/head>/s, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .trim()

describe('writeEpub', () => {
  it('begins with its media type, stored, and names every file', async () => {
    const { issue, pages } = await makeIssue()
    const epub = Buffer.from(await writeEpub(issue, pages))
    expect(epub.toString('latin1', 30, 58)).toBe('mimetypeapplication/epub+zip')
    expect([...unzip(epub).keys()]).toEqual([
      'mimetype',
      'META-INF/container.xml',
      'EPUB/package.opf',
      'EPUB/nav.xhtml',
      'EPUB/style.css',
      'EPUB/cover.xhtml',
      'EPUB/a-made-2024-03-05-p01-i0001.xhtml',
      'EPUB/a-made-2024-03-05-p01-i0002.xhtml',
      'EPUB/a-made-2024-03-05-p02-i0001.xhtml',
      'EPUB/p-p01.xhtml',
      'EPUB/p-p02.xhtml'
    ])
  })

  it('says the articles and the furniture, to the character', async () => {
    const { issue, pages } = await makeIssue({ hostile: true })
    const files = unzip(await writeEpub(issue, pages))
    for (const article of issue.articles)
      expect(textOf(files.get(`EPUB/a-${article.id}.xhtml`)!)).toBe(article.parts.map((part) => portable(part.text)).join('\n'))
    expect(textOf(files.get('EPUB/p-p01.xhtml')!)).toContain(portable(hostileText))
  })

  it('lists the pages of the print', async () => {
    const { issue, pages } = await makeIssue()
    const nav = unzip(await writeEpub(issue, pages)).get('EPUB/nav.xhtml')!
    expect(nav).toContain('<li><a href="a-made-2024-03-05-p02-i0001.xhtml#turn-1">A02</a></li>')
  })

  it('marks a page turn inside a paragraph', async () => {
    const { issue, pages } = await makeIssue()
    const [article] = issue.articles
    const turned = {
      role: 'paragraph' as const,
      text: '茶馆开了三十年今年添了书架。02 综合 2024年3月5日',
      blocks: [
        { page: 'p01', block: 'r6' },
        { page: 'p02', block: 'r1' }
      ]
    }
    const epub = await writeEpub({ ...issue, articles: [{ ...article!, parts: [turned], pages: ['p01', 'p02'] }] }, pages)
    expect(unzip(epub).get(`EPUB/a-${article!.id}.xhtml`)).toMatch(/书架。<span [^>]*id="turn-2" aria-label="第A02版"><\/span>02 综合/)
  })

  it('is the same bytes in every time zone', async () => {
    const { issue, pages } = await makeIssue()
    const zone = process.env.TZ
    const first = await writeEpub(issue, pages)
    process.env.TZ = 'Pacific/Kiritimati'
    const second = await writeEpub(issue, pages)
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
    expect(second).toEqual(first)
  })
})

const epubcheck = findEpubcheck()

describe.skipIf(!epubcheck)('in the eyes of epubcheck (skipped where it is missing)', () => {
  it('is valid without a warning', async () => {
    const { issue, pages, images } = await makeIssue({ hostile: true })
    const epub = await writeEpub(issue, pages, { vertical: true, cover: images.get('p01')! })
    withFile('x.epub', epub, (path) => expect(run(epubcheck!.tool, [...epubcheck!.args, path])).toMatch(/No errors or warnings detected/))
  })
})
