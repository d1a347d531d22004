import { createHash } from 'node:crypto'
import type { Article, ArticlePart, Box, Change, CleanPage, Issue, Line, Page, TextRegion, TextRole } from '@broadsheet/document'
import { articleId, blockText, replay } from '@broadsheet/document'
import sharp from 'sharp'

/** A small made newspaper: two pages, five articles, and every trap a format can stumble over. */
export interface MadeIssue {
  readonly issue: Issue
  readonly pages: readonly CleanPage[]
  readonly images: ReadonlyMap<string, Uint8Array>
}

const width = 600
const height = 800

/** Text that looks like markup, code, other scripts, and what no file format can hold. */
export const hostileText = '<script>alert(1)</script> ]]> --- {{ x }} &amp; "引号" \u202eabc\u202c 𠮷野家 e\u0301 \u0000\ud800 尾'

export async function makeIssue(
  options: { readonly id?: string; readonly date?: string; readonly hostile?: boolean } = {}
): Promise<MadeIssue> {
  const { id = 'made-2024-03-05', date = '2024-03-05', hostile = false } = options
  const jpeg = await drawScan(['#222', '#888'])
  const png = await sharp(await drawScan(['#000', '#000']))
    .greyscale()
    .threshold(128)
    .toColourspace('b-w')
    .png({ palette: true, colours: 2 })
    .toBuffer()
  const first = makePage('p01', jpeg, 'p01.jpg', [
    region('r1', 'masthead', box(20, 20, 560, 60), ['青浦日报']),
    region('r2', 'heading', box(20, 100, 260, 40), ['渡口新桥通车']),
    region('r3', 'paragraph', box(20, 160, 260, 60), ['本报讯 三月四日，横跨东', '江的渡口新桥通车。两岸居']),
    region('r4', 'paragraph', box(20, 240, 260, 60), ['民步行五分钟就能过汪，再', '也不用等船。']),
    region('r5', 'heading', box(320, 100, 40, 300), ['老茶馆里说新事'], 'vertical-rl'),
    region('r6', 'paragraph', box(380, 100, 80, 300), ['茶馆开了三十年', '今年添了书架。'], 'vertical-rl'),
    region('r7', 'advert', box(20, 700, 560, 60), [hostile ? hostileText : '旧书回收 电话 5550 1234'])
  ])
  const second = makePage('p02', png, 'p02.png', [
    region('r1', 'folio', box(20, 20, 560, 30), ['02 综合 2024年3月5日']),
    region('r2', 'heading', box(20, 100, 560, 40), [hostile ? hostileText : 'Ferry line closes after 90 years']),
    region('r3', 'paragraph', box(20, 160, 560, 60), ['The last ferry left at noon. Its', 'crew of four will work on the bridge.'])
  ])
  const changes: Change[] = [
    {
      kind: 'replace',
      id: 'confusion/r4@9',
      rule: 'confusion',
      reason: '“过江”成词，“过汪”不成词。',
      confidence: 0.98,
      status: 'applied',
      region: 'r4',
      from: 9,
      to: 10,
      before: '汪',
      after: '江'
    },
    {
      kind: 'join',
      id: 'column-break/r3@24',
      rule: 'column-break',
      reason: '句子未完，下一栏接着说。',
      confidence: 0.97,
      status: 'applied',
      region: 'r3',
      from: 24,
      to: 24,
      before: '',
      target: { region: 'r4', at: 0 },
      glue: ''
    },
    {
      kind: 'flag',
      id: 'doubt/r6@0',
      rule: 'doubt',
      reason: '“茶馆”一处印迹模糊。',
      confidence: 0.4,
      status: 'proposed',
      region: 'r6',
      from: 0,
      to: 2,
      before: '茶馆'
    }
  ]
  const pages = [clean(first, changes), clean(second, [])]
  const articles = [
    article(id, pages[0]!, 1, [['r2'], ['r3']]),
    article(id, pages[0]!, 2, [['r5'], ['r6']]),
    article(id, pages[1]!, 1, [['r2'], ['r3']])
  ]
  const furniture = (page: CleanPage, block: string): Issue['pages'][number]['furniture'][number] => {
    const found = page.blocks.find((candidate) => candidate.id === block)!
    return { role: found.role, text: blockText(found), block: { page: page.page.id, block } }
  }
  const issue: Issue = {
    id,
    title: hostile ? `青浦日报 ${hostileText}` : '青浦日报',
    date,
    language: 'zh-Hans',
    publisher: '青浦报社',
    pages: [
      {
        id: 'p01',
        label: 'A01',
        furniture: [furniture(pages[0]!, 'r1'), furniture(pages[0]!, 'r7')],
        state: { stage: 'cleaned', grade: 'A' }
      },
      { id: 'p02', label: 'A02', section: '综合', furniture: [furniture(pages[1]!, 'r1')], state: { stage: 'cleaned', grade: 'B' } }
    ],
    articles
  }
  return {
    issue,
    pages,
    images: new Map([
      ['p01', jpeg],
      ['p02', png]
    ])
  }
}

function box(x: number, y: number, wide: number, high: number): Box {
  return { x, y, width: wide, height: high }
}

function region(
  id: string,
  role: TextRole,
  at: Box,
  texts: readonly string[],
  direction: 'horizontal-lr' | 'vertical-rl' = 'horizontal-lr'
): TextRegion {
  const lines = texts.map((text, index): Line => {
    const share = direction === 'vertical-rl' ? at.width / texts.length : at.height / texts.length
    const place =
      direction === 'vertical-rl'
        ? box(Math.round(at.x + at.width - share * (index + 1)), at.y, Math.round(share), at.height)
        : box(at.x, Math.round(at.y + share * index), at.width, Math.round(share))
    return { id: `${id}l${index + 1}`, direction, box: place, text, confidence: 0.9 }
  })
  return { type: 'text', id, role, box: at, lines }
}

function makePage(id: string, image: Uint8Array, href: string, regions: readonly TextRegion[]): Page {
  const sha256 = createHash('sha256').update(image).digest('hex')
  return { id, image: { href, width, height, dpi: 100, sha256 }, language: 'zh-Hans', regions, processing: [] }
}

function clean(page: Page, changes: readonly Change[]): CleanPage {
  return { page, changes, blocks: replay(page, changes) }
}

function article(issue: string, page: CleanPage, number: number, parts: readonly (readonly string[])[]): Article {
  const made = parts.map((ids): ArticlePart => {
    const blocks = ids.map((id) => page.blocks.find((block) => block.id === id)!)
    return { role: blocks[0]!.role, text: blocks.map(blockText).join(''), blocks: ids.map((block) => ({ page: page.page.id, block })) }
  })
  const heading = made.find((part) => part.role === 'heading')?.text
  return {
    id: articleId(issue, page.page.id, number),
    ...(heading && { heading }),
    credits: [],
    parts: made,
    pages: [page.page.id],
    confidence: 1
  }
}

/** Grey bars on white: a scan without type, so that no font is needed. */
async function drawScan(colours: readonly string[]): Promise<Buffer> {
  const bars = Array.from(
    { length: 12 },
    (_, index) => `<rect x="20" y="${100 + 55 * index}" width="${250 + 20 * index}" height="30" fill="${colours[index % 2]}"/>`
  )
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${bars.join('')}</svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer()
}
