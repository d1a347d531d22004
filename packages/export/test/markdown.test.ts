import { readFileSync } from 'node:fs'
import type { Article, Issue } from '@broadsheet/document'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { exportMarkdown, portable, readMarkdown } from '../src/index.ts'
import { flavors, type MarkdownFlavor } from '../src/markdown/flavor.ts'
import { hostileTexts, issueOf, sampleIssue, samplePages } from './sample.ts'

const allFlavors = Object.keys(flavors) as MarkdownFlavor[]
const schema = JSON.parse(readFileSync(new URL('../data/front-matter.schema.json', import.meta.url), 'utf8'))
const validate = new Ajv2020({ allErrors: true }).compile(schema)

function articleFiles(issue: Issue, pages: Parameters<typeof exportMarkdown>[1], flavor: MarkdownFlavor = 'plain'): string[] {
  return exportMarkdown(issue, pages, { flavor })
    .filter((file) => file.path.startsWith(flavors[flavor].articles))
    .map((file) => file.content as string)
}

function portableArticle(article: Article): Article {
  return JSON.parse(JSON.stringify(article, (_, value) => (typeof value === 'string' ? portable(value) : value)))
}

function frontMatter(content: string): Record<string, unknown> {
  return parse(content.slice(4, content.indexOf('\n---\n', 4)))
}

describe('exportMarkdown', () => {
  test('writes a tree', () => {
    expect(exportMarkdown(sampleIssue, samplePages).map((file) => file.path)).toEqual([
      'index.md',
      'articles/linhu-evening-2024-03-05-p01-i0001.md',
      'articles/linhu-evening-2024-03-05-p02-i0001.md',
      'articles/linhu-evening-2024-03-05-p02-i0002.md',
      'pages/p01/index.md',
      'pages/p02/index.md'
    ])
  })

  test('writes an article as a person would', () => {
    const file = exportMarkdown(sampleIssue, samplePages, { scanHref: (page) => `../../scans/x/${page.image!.href}` })[1]!
    expect(file.content).toMatchInlineSnapshot(`
      "---
      title: "三条老渠月底前全部通水"
      kicker: "冬修水利在行动"
      date: "2024-03-05"
      byline:
        - "周岚"
      dateline: "本报讯"
      publication: "临湖晚报"
      edition: "早版"
      page: "A01"
      section: "要闻"
      lang: "zh-Hans"
      pages:
        - "p01"
        - "p02"
      source:
        - "p01.jpg"
        - "p02.jpg"
      sha256:
        - "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa31"
        - "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa32"
      grade: "C"
      reviewed: false
      doubts: 2
      generator: "Broadsheet 0.1.0"
      broadsheet:
        schema: 1
        id: "linhu-evening-2024-03-05-p01-i0001"
        issue: "linhu-evening-2024-03-05"
        confidence: 0.93
        credits:
          - role: "reporter"
            name: "周岚"
        jumps:
          - direction: "to"
            pageLabel: "02"
            page: "p02"
            at: "p01/r8"
        evidence:
          jump: "下转02版"
      ---

      [//]: ../pages/p01/index.md "page p01 0"

      冬修水利在行动

      # 三条老渠月底前全部通水

      本报讯（记者 周岚）昨天下午，东渠的最后一道闸门装好了，水从上游慢慢放下来。

      [//]: ../pages/p01/index.md "column p01 1 0"

      岸边看水的人说，去年这时候还在用桶挑水，今年总算不用了。

      > 图为东渠新闸。

      下转02版

      [//]: ../pages/p02/index.md "page p02 0"

      水利站说，剩下两条渠各差一座小桥。

      [//]: # "end"

      ---

      原载：[A01版](../pages/p01/index.md) · [原版](../../../scans/x/p01.jpg)

      原载：[02版](../pages/p02/index.md) · [原版](../../../scans/x/p02.jpg)

      ## 校勘记

      - 拟改 · 第3段 “本报讯（记者 周岚）昨天下午，东…”：“（” → “(” 括号全半角不一。 (half-width/r4\\@3) [原版](../../../scans/x/p01.jpg#xywh=220,380,40,40)
      - 存疑 · 第3段 “…周岚）昨天下午，东渠的最后一道闸门装好了，水从上游…”：“后” 或作 “前” 此字与上下文不合。 (stray-glyph/r4\\@19) [原版](../../../scans/x/p01.jpg#xywh=140,440,40,40)

      [//]: ../../../scans/x/p01.jpg#xywh=100,200,280,40 "part kicker body p01/r2"
      [//]: ../../../scans/x/p01.jpg#xywh=100,280,440,40 "part heading body p01/r3"
      [//]: ../../../scans/x/p01.jpg#xywh=100,380,800,100 "part paragraph body p01/r4"
      [//]: ../../../scans/x/p01.jpg#xywh=1200,380,800,180 "part paragraph body p01/r5"
      [//]: ../../../scans/x/p01.jpg#xywh=1200,1420,280,40 "part caption body p01/r7"
      [//]: ../../../scans/x/p01.jpg#xywh=1200,1500,200,40 "part jump-line body p01/r8"
      [//]: ../../../scans/x/p02.jpg#xywh=100,200,680,40 "part paragraph body p02/r2"
      "
    `)
  })

  test('writes pages and the index', () => {
    const files = exportMarkdown(sampleIssue, samplePages)
    expect(files.at(-1)!.content).toMatchInlineSnapshot(`
      "---
      title: "临湖晚报 02版"
      date: "2024-03-05"
      publication: "临湖晚报"
      edition: "早版"
      page: "02"
      lang: "zh-Hans"
      source:
        - "p02.jpg"
      sha256:
        - "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa32"
      grade: "C"
      reviewed: false
      generator: "Broadsheet 0.1.0"
      broadsheet:
        schema: 1
        issue: "linhu-evening-2024-03-05"
        id: "p02"
      ---

      # 临湖晚报 02版

      ## 文章

      - [三条老渠月底前全部通水](../../articles/linhu-evening-2024-03-05-p01-i0001.md)
      - [夜班公交加开两趟](../../articles/linhu-evening-2024-03-05-p02-i0001.md)
      - [启事：拾到黑色雨伞一把，请到门房领取。](../../articles/linhu-evening-2024-03-05-p02-i0002.md)

      ## 版面要素

      - 报眉：2024年3月5日星期二02
      - 污损：、。一
      "
    `)
    expect(files[0]!.content).toMatchInlineSnapshot(`
      "---
      title: "临湖晚报 2024-03-05 早版"
      date: "2024-03-05"
      publication: "临湖晚报"
      edition: "早版"
      publisher: "临湖报业"
      lang: "zh-Hans"
      pages:
        - "p01"
        - "p02"
      articles: 3
      generator: "Broadsheet 0.1.0"
      broadsheet:
        schema: 1
        issue: "linhu-evening-2024-03-05"
        id: "linhu-evening-2024-03-05"
      ---

      # 临湖晚报 2024-03-05 早版

      ## [A01版 要闻 (A)](pages/p01/index.md)

      - [三条老渠月底前全部通水](articles/linhu-evening-2024-03-05-p01-i0001.md)

      ## [02版 (C)](pages/p02/index.md)

      - [三条老渠月底前全部通水](articles/linhu-evening-2024-03-05-p01-i0001.md)
      - [夜班公交加开两趟](articles/linhu-evening-2024-03-05-p02-i0001.md)
      - [启事：拾到黑色雨伞一把，请到门房领取。](articles/linhu-evening-2024-03-05-p02-i0002.md)
      "
    `)
  })

  test.each(allFlavors)('reads back the same articles (%s)', (flavor) => {
    const read = articleFiles(sampleIssue, samplePages, flavor).map(readMarkdown)
    expect(read.map((result) => result.problems)).toEqual([[], [], []])
    expect(read.map((result) => result.article)).toEqual(sampleIssue.articles)
  })

  test.each(allFlavors)('front matter fits the schema (%s)', (flavor) => {
    for (const file of exportMarkdown(sampleIssue, samplePages, { flavor })) {
      validate(frontMatter(file.content as string))
      expect(validate.errors ?? []).toEqual([])
    }
  })

  test('a paragraph is one line', () => {
    const content = articleFiles(sampleIssue, samplePages)[0]!
    expect(content.split('\n')).toContain('本报讯（记者 周岚）昨天下午，东渠的最后一道闸门装好了，水从上游慢慢放下来。')
  })

  test('the same input gives the same bytes', () => {
    expect(exportMarkdown(sampleIssue, samplePages)).toEqual(exportMarkdown(structuredClone(sampleIssue), structuredClone(samplePages)))
  })
})

describe('hostile text stays text', () => {
  test.each(allFlavors)('as paragraphs (%s)', (flavor) => {
    const { issue, pages } = issueOf(hostileTexts)
    const { article, problems } = readMarkdown(articleFiles(issue, pages, flavor)[0]!)
    expect(problems).toEqual([])
    expect(article!.parts.map((part) => part.text)).toEqual(hostileTexts.map(portable))
  })

  test.each(['heading', 'crosshead', 'caption', 'table', 'kicker'] as const)('as %s', (role) => {
    const { issue, pages } = issueOf(hostileTexts)
    const article = { ...issue.articles[0]!, parts: issue.articles[0]!.parts.map((part) => ({ ...part, role })) }
    const read = readMarkdown(articleFiles({ ...issue, articles: [article] }, pages)[0]!)
    expect(read.problems).toEqual([])
    expect(read.article).toEqual(portableArticle(article))
  })

  test.each(hostileTexts.map((text) => [JSON.stringify(text), text]))('in the front matter: %s', (_, text) => {
    const { issue, pages } = issueOf(['x'])
    const article: Article = {
      ...issue.articles[0]!,
      heading: text,
      kicker: text,
      deck: text,
      dateline: text,
      credits: [{ role: 'author', name: text, organisation: text }],
      evidence: { word: text, words: [text, text] }
    }
    const hostile: Issue = { ...issue, title: text, edition: text, articles: [article] }
    for (const flavor of ['plain', 'hugo'] as const) {
      const content = articleFiles(hostile, pages, flavor)[0]!
      const expected = text.trim() === '' ? { ...portableArticle(article) } : portableArticle(article)
      const read = readMarkdown(content).article!
      if (text.trim() !== '') expect(read).toEqual(expected)
      else expect({ ...read, heading: text }).toEqual(expected)
      expect(frontMatter(content).publication).toBe(portable(text))
    }
  })

  test('no template engine finds its signs', () => {
    const { issue, pages } = issueOf(hostileTexts)
    const body = articleFiles(issue, pages)[0]!.split('\n---\n').slice(1).join('\n---\n')
    expect(body).not.toMatch(/\{\{|\{%|<!--|<[a-z/?!]/i)
  })

  test('names cannot leave the folder or meet', () => {
    const ids = ['../../x', 'A', 'a', 'é', 'e\u0301', 'con', '临湖', 'x'.repeat(300), '临'.repeat(300), 'index', '.', '', 'a/b', 'a\nb']
    const { issue, pages } = issueOf(['x'])
    const articles = ids.map((id) => ({ ...issue.articles[0]!, id }))
    const paths = exportMarkdown({ ...issue, articles }, pages)
      .map((file) => file.path)
      .filter((path) => path.startsWith('articles/'))
    expect(new Set(paths.map((path) => path.normalize('NFC').toLowerCase())).size).toBe(ids.length)
    for (const path of paths) expect(path).toMatch(/^articles\/[A-Za-z0-9][A-Za-z0-9._-]{0,130}\.md$/)
  })
})

describe('readMarkdown', () => {
  test('says what it was not given', () => {
    expect(readMarkdown('# x').problems[0]!.message).toContain('front matter')
    expect(readMarkdown('---\na: [[[[[\n---\n').problems).toHaveLength(1)
  })

  test('reads what a person edited, and says so', () => {
    const content = articleFiles(sampleIssue, samplePages)[1]!.replace('## 末班车推迟到零点', '## 末班车推迟到零点\n\n新的一段。')
    const { article, problems } = readMarkdown(content)
    expect(problems[0]!.message).toContain('edited by hand')
    expect(article!.parts.map((part) => part.role)).toEqual(['heading', 'crosshead', 'paragraph', 'paragraph'])
  })
})
