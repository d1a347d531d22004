// Pages that ask something of a writer: each a clean page with changes of every kind.
import type { Article, Change, CleanPage, Issue, Line, Page } from '@broadsheet/document'
import { clean, hostileTexts, issueOf, printedLine, printedRegion, sampleIssue, samplePages, sheet } from './sample.ts'

const base = { rule: 'test', reason: 'Made for a test.', confidence: 0.95, status: 'applied' } as const

/** English set in lines: blanks between them, a hyphen at a line's end, a word lost, words put in, a block cut in two. */
const english: CleanPage = clean(
  {
    ...sheet('en', [
      printedRegion('r1', 'paragraph', ['The water came down the', 'old chan- nel  in the eve-'], 100, 100),
      printedRegion('r2', 'paragraph', ['ning and the the people', 'stood by. CANAL NEWS'], 1200, 100, 1),
      printedRegion('r3', 'paragraph', ['xx', 'and went home'], 1200, 400, 1)
    ]),
    language: 'en'
  },
  [
    { ...base, kind: 'replace', id: 'a', region: 'r1', from: 32, to: 34, before: '- ', after: '' },
    { ...base, kind: 'replace', id: 'b', region: 'r1', from: 49, to: 50, before: '-', after: '' },
    { ...base, kind: 'join', id: 'c', region: 'r1', from: 50, to: 50, before: '', target: { region: 'r2', at: 0 }, glue: '' },
    { ...base, kind: 'replace', id: 'd', region: 'r2', from: 9, to: 13, before: 'the ', after: '' },
    { ...base, kind: 'split', id: 'e', region: 'r2', from: 34, to: 34, before: '', role: 'heading' },
    { ...base, kind: 'replace', id: 'f', region: 'r3', from: 0, to: 3, before: 'xx ', after: 'Then they left ' },
    { ...base, kind: 'replace', id: 'g', region: 'r3', from: 16, to: 16, before: '', after: ' late' }
  ]
)

const verticalLine = (id: string, text: string, x: number): Line => ({
  ...printedLine(id, text, 0, 0),
  direction: 'vertical-rl',
  box: { x, y: 100, width: 40, height: 40 * [...text].length },
  words: []
})

/** Chinese set from top to bottom, no glyph boxes. */
const vertical: CleanPage = clean(
  {
    ...sheet('v', [
      {
        type: 'text',
        id: 'r1',
        role: 'paragraph',
        box: { x: 900, y: 100, width: 100, height: 400 },
        polygon: [
          [900, 100],
          [1000, 100],
          [1000, 500],
          [900, 300]
        ],
        lines: [verticalLine('l1', '昨日東渠新閘落成', 960), verticalLine('l2', '水自上遊徐徐而下', 910)]
      }
    ]),
    language: 'zh-Hant'
  },
  [{ ...base, kind: 'replace', id: 'a', region: 'r1', from: 11, to: 12, before: '遊', after: '游' }]
)

/** A page that exists as text only, with an id that is no XML name. */
const plainText: CleanPage = clean({
  id: '第 1 页',
  language: 'zh-Hans',
  processing: [],
  regions: [
    { type: 'text', id: '57', role: 'paragraph', lines: [{ id: '57', text: '只有文字。' }] },
    { type: 'text', id: 'r@8', role: 'heading', lines: [{ id: '57', text: '没有框' }] },
    { type: 'text', id: 'empty', role: 'other', lines: [] },
    { type: 'text', id: 'blank', role: 'other', lines: [{ id: 'b1', text: '' }] }
  ]
})

const hostile = issueOf(hostileTexts)
// What a reader may find nothing of: text of blanks only.
const blank: CleanPage = clean({ id: 'blank', processing: [], regions: [] })

/** From other people's OCR: an image is named by its size alone, and nobody has seen it. */
const unseen: CleanPage = clean({
  ...sheet('u', [printedRegion('r1', 'paragraph', ['只有坐标，没有图。'], 100, 100)]),
  image: { href: '', width: 2400, height: 3200, sha256: '' }
})

/** An issue around any pages: an article for every block. */
function issueAround(pages: readonly CleanPage[]): Issue {
  const articles = pages.flatMap((page) =>
    page.blocks.map((block, index): Article => {
      const text = block.pieces.map((piece) => piece.text).join('')
      return {
        id: `t-${page.page.id}-i${index + 1}`,
        credits: [],
        parts: [{ role: block.role, text, blocks: [{ page: page.page.id, block: block.id }] }],
        pages: [page.page.id],
        confidence: 1
      }
    })
  )
  const language = pages[0]!.page.language ?? 'und'
  return {
    id: 't',
    title: 'T <&"> ]]>',
    language,
    articles,
    pages: pages.map(({ page }) => ({ id: page.id, furniture: [], state: { stage: 'cleaned' } }))
  }
}

export interface Example {
  readonly issue: Issue
  readonly pages: readonly CleanPage[]
}

export const examples: Readonly<Record<string, Example>> = {
  sample: { issue: sampleIssue, pages: samplePages },
  english: { issue: issueAround([english]), pages: [english] },
  vertical: { issue: issueAround([vertical]), pages: [vertical] },
  'text only': { issue: issueAround([plainText]), pages: [plainText] },
  'an image nobody has seen': { issue: issueAround([unseen]), pages: [unseen] },
  hostile,
  'empty page': { issue: issueAround([blank]), pages: [blank] }
}

export type { Change, Page }
