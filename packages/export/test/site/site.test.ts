import { posix } from 'node:path'
import { blockText } from '@broadsheet/document'
import { describe, expect, it } from 'vitest'
import type { OutputFile } from '../../src/output-file.ts'
import { portable } from '../../src/portable.ts'
import type { SiteOptions } from '../../src/site/site.ts'
import { hostileText } from '../publish/made-issue.ts'
import { hasTool, run, withFile } from '../publish/tools.ts'
import { collectSite, madeSiteIssue } from './made-site.ts'

type Files = Map<string, OutputFile['content']>

const pagesOf = (files: Files): [path: string, html: string][] =>
  [...files].flatMap(([path, content]) => (path.endsWith('.html') ? [[path, String(content)] as [string, string]] : []))

const readEscapes = (text: string): string =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')

/** Tags and the names of their attributes, in order: what must not depend on what the texts say. */
const skeleton = (html: string): string =>
  html
    .replace(/="[^"]*"/g, '')
    .match(/<[^>]*>/g)!
    .join('\n')

const options: SiteOptions = { formats: [], baseUrl: 'https://archive.example/papers', title: '示例报库' }

describe('writeSite', () => {
  it('leads nowhere that is not there', async () => {
    const files = await collectSite([await madeSiteIssue(), await madeSiteIssue({ id: '晚报 2023/<b>', date: '2023-12-31' })], {
      ...options,
      formats: ['pdf', 'epub']
    })
    const pages = pagesOf(files)
    expect(pages.length).toBe(16)
    const missing = pages.flatMap(([path, html]) =>
      [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].flatMap(([, link]) => {
        const target = readEscapes(link!)
        if (/^(?:https:\/\/archive\.example\/|data:)/.test(target)) return []
        const [to, anchor] = target.split('#') as [string, string?]
        const file = to === '' ? path : posix.join(posix.dirname(path), decodeURIComponent(to))
        const held = files.has(file) && (anchor === undefined || String(files.get(file)).includes(` id="${decodeURIComponent(anchor)}"`))
        return held ? [] : [`${path} → ${target}`]
      })
    )
    expect(missing).toEqual([])
  })

  it('allows nothing but its own files, and has no script or style in its markup', async () => {
    for (const [, html] of pagesOf(await collectSite([await madeSiteIssue({ hostile: true })], options))) {
      expect(html).toContain('content="default-src &#39;none&#39;; script-src &#39;self&#39; file:; style-src &#39;self&#39; file:;')
      expect(html).not.toMatch(/<script>|<style|\son[a-z]+=|\sstyle=|javascript:/)
    }
  })

  it('keeps text text: hostile words change no tag and no attribute', async () => {
    const tame = pagesOf(await collectSite([await madeSiteIssue()], options))
    const hostile = new Map(pagesOf(await collectSite([await madeSiteIssue({ hostile: true })], options)))
    for (const [path, html] of tame) expect(skeleton(hostile.get(path)!)).toBe(skeleton(html))
    expect(readEscapes(hostile.get('issues/made-2024-03-05/pages/p01.html')!)).toContain(portable(hostileText))
  })

  it('shows the whole clean text of every page', async () => {
    const item = await madeSiteIssue()
    const files = await collectSite([item], options)
    for (const { page, blocks } of item.pages) {
      const html = String(files.get(`issues/made-2024-03-05/pages/${page.id}.html`))
      const reading = html.slice(html.indexOf('class="reading"'), html.indexOf('class="as-read"'))
      const text = readEscapes(
        reading
          .replace(/<details.*?<\/details>/gs, '')
          .replace(/<del>.*?<\/del>/g, '')
          .replace(/<[^>]*>/g, '')
      )
      for (const block of blocks) expect(text).toContain(portable(blockText(block)))
    }
  })

  it('is the same bytes whatever the order of the issues', async () => {
    const [a, b] = [await madeSiteIssue(), await madeSiteIssue({ id: 'made-2023-01-02', date: '2023-01-02' })]
    const sorted = (files: Files): [string, unknown][] => [...files].sort(([x], [y]) => (x < y ? -1 : 1))
    expect(sorted(await collectSite([a, b], options))).toEqual(sorted(await collectSite([b, a], options)))
  })

  it('makes no issue again that is still the same, and asks for no scan of it', async () => {
    const first = await collectSite([await madeSiteIssue()], options)
    const read = async (path: string): Promise<string | undefined> => (first.has(path) ? String(first.get(path)) : undefined)
    const previous = { read, issues: async () => ['made-2024-03-05'] }
    const again = await madeSiteIssue()
    const imageOf = (): Promise<Uint8Array | undefined> => Promise.reject(new Error('asked for a scan'))
    const second = await collectSite([{ ...again, imageOf }], { ...options, previous })
    expect([...second.keys()].filter((path) => path.startsWith('issues/'))).toEqual([])
    for (const [path, content] of second) expect(first.get(path)).toEqual(content)
  })

  it('keeps issues of earlier times in its lists and its search', async () => {
    const old = await collectSite([await madeSiteIssue({ id: 'made-2023-01-02', date: '2023-01-02' })], options)
    const read = async (path: string): Promise<string | undefined> => (old.has(path) ? String(old.get(path)) : undefined)
    const both = await collectSite([await madeSiteIssue()], {
      ...options,
      previous: { read, issues: async () => ['made-2023-01-02', 'broken'] }
    })
    const whole = await collectSite([await madeSiteIssue({ id: 'made-2023-01-02', date: '2023-01-02' }), await madeSiteIssue()], options)
    for (const [path, content] of both) expect([path, content]).toEqual([path, whole.get(path)])
    expect([...both.keys()].filter((path) => path.startsWith('search/')).sort()).toEqual(
      [...whole.keys()].filter((path) => path.startsWith('search/')).sort()
    )
  })

  it('works without scans', async () => {
    const item = await madeSiteIssue()
    const files = await collectSite([{ ...item, imageOf: async () => undefined }])
    expect([...files.keys()].filter((path) => /\.(?:pdf|jpg|png)$/.test(path))).toEqual([])
    expect(String(files.get('issues/made-2024-03-05/pages/p01.html'))).toContain('本版没有扫描图。')
  })

  it('has a calendar that knows its weekdays', async () => {
    const files = await collectSite([
      await madeSiteIssue({ date: '2024-02-29', id: 'a' }),
      await madeSiteIssue({ date: '0099-01-01', id: 'b' })
    ])
    // 29 February 2024 was a Thursday; the last row of the month is Monday to Thursday and three empty days.
    expect(String(files.get('years/2024.html'))).toMatch(
      /<tr><td>26<\/td><td>27<\/td><td>28<\/td><td><a [^>]*>29<\/a><\/td><td><\/td><td><\/td><td><\/td><\/tr>/
    )
    expect(String(files.get('years/0099.html'))).toContain('99年')
  })

  it('refuses two issues of one name', async () => {
    await expect(collectSite([await madeSiteIssue({ id: 'A' }), await madeSiteIssue({ id: 'a' })])).rejects.toThrow(
      'Expected issues with different ids'
    )
  })
})

describe.skipIf(!hasTool('xmllint'))('feed and sitemap (skipped without xmllint)', () => {
  it('are well-formed, whatever the titles say', async () => {
    const files = await collectSite([await madeSiteIssue({ hostile: true })], options)
    for (const name of ['feed.xml', 'sitemap.xml'])
      withFile(name, Buffer.from(String(files.get(name))), (path) => run('xmllint', ['--noout', '--nonet', path]))
    expect(String(files.get('feed.xml'))).toContain('<updated>2024-03-05T00:00:00Z</updated>')
  })
})
