// A small issue of our own: two pages, three articles, one of which goes on overleaf; boxes, glyphs, doubts, furniture.
import {
  type Article,
  type ArticlePart,
  type Box,
  type Change,
  type CleanPage,
  type Issue,
  type Line,
  type Page,
  replay,
  type TextRegion,
  type TextRole
} from '@broadsheet/document'

const em = 40

/** A line of type `em` high at `x`, `y`, with a box for every character. */
export function printedLine(id: string, text: string, x: number, y: number): Line {
  const chars = [...text]
  const glyphs = chars.map((char, index) => ({ box: { x: x + index * em, y, width: em, height: em }, text: char, confidence: 0.96 }))
  const box: Box = { x, y, width: Math.max(1, chars.length) * em, height: em }
  return { id, box, text, confidence: 0.96, emPx: em, words: text === '' ? [] : [{ box, text, confidence: 0.96, glyphs }] }
}

export function printedRegion(id: string, role: TextRole, lines: readonly string[], x: number, y: number, column = 0): TextRegion {
  const printed = lines.map((text, index) => printedLine(`${id}l${index + 1}`, text, x, y + index * 60))
  const width = Math.max(...printed.map((line) => line.box!.width))
  return { type: 'text', id, role, box: { x, y, width, height: lines.length * 60 }, lines: printed, column }
}

export function sheet(id: string, regions: Page['regions']): Page {
  return {
    id,
    image: {
      href: `${id}.jpg`,
      width: 2400,
      height: 3200,
      dpi: 300,
      sha256: id
        .charCodeAt(id.length - 1)
        .toString(16)
        .padStart(64, 'a')
    },
    language: 'zh-Hans',
    regions,
    processing: [
      { id: 'deskew', category: 'preOperation', software: 'sharp', version: '0.35.5', settings: { angleDegrees: 0.4 } },
      { id: 'read', category: 'contentGeneration', software: 'tesseract.js', version: '7.0.0', settings: { languages: 'chi_sim' } }
    ]
  }
}

const p01 = sheet('p01', [
  printedRegion('r1', 'masthead', ['临湖晚报'], 100, 60),
  printedRegion('r2', 'kicker', ['冬修水利在行动'], 100, 200),
  printedRegion('r3', 'heading', ['三条老渠月底前全部通水'], 100, 280),
  printedRegion('r4', 'paragraph', ['本报讯（记者 周岚）昨天下午，东渠的', '最后一道闸门装好了，水从上游慢慢放下来。'], 100, 380),
  printedRegion('r5', 'paragraph', ['岸边看水的人说，去年这时候还在用桶桃水，'], 1200, 380, 1),
  printedRegion('r6', 'paragraph', ['今年总算不用了。'], 1200, 520, 1),
  { type: 'image', id: 'g1', box: { x: 1200, y: 900, width: 800, height: 500 } },
  printedRegion('r7', 'caption', ['图为东渠新闸。'], 1200, 1420, 1),
  printedRegion('r8', 'jump-line', ['下转02版'], 1200, 1500, 1)
])

const p02 = sheet('p02', [
  printedRegion('r1', 'folio', ['2024年3月5日 星期二', '02'], 100, 60),
  printedRegion('r2', 'paragraph', ['水利站说，剩下两条渠各差一座小桥。'], 100, 200),
  printedRegion('r3', 'heading', ['夜班公交加开两趟'], 1200, 200, 1),
  printedRegion('r4', 'crosshead', ['末班车推迟到零点'], 1200, 300, 1),
  printedRegion('r5', 'paragraph', ['从下周一起，五路和九路各加一趟夜班车。'], 1200, 380, 1),
  printedRegion('r6', 'paragraph', ['启事：拾到黑色雨伞一把，请到门房领取。'], 1200, 700, 1),
  printedRegion('r7', 'noise', ['、。一'], 2200, 3100, 2)
])

const p01Changes: readonly Change[] = [
  {
    kind: 'replace',
    id: 'confusion/r5@17',
    rule: 'confusion',
    reason: '“桃水”应为“挑水”。',
    confidence: 0.97,
    status: 'applied',
    region: 'r5',
    from: 17,
    to: 18,
    before: '桃',
    after: '挑'
  },
  {
    kind: 'join',
    id: 'column-break/r5@20',
    rule: 'column-break',
    reason: '句子未完。',
    confidence: 0.99,
    status: 'applied',
    region: 'r5',
    from: 20,
    to: 20,
    before: '',
    target: { region: 'r6', at: 0 },
    glue: ''
  },
  {
    kind: 'flag',
    id: 'stray-glyph/r4@19',
    rule: 'stray-glyph',
    reason: '此字与上下文不合。',
    confidence: 0.6,
    status: 'applied',
    region: 'r4',
    from: 19,
    to: 20,
    before: '后',
    guesses: [{ text: '前', score: 1 }]
  },
  {
    kind: 'replace',
    id: 'half-width/r4@3',
    rule: 'half-width',
    reason: '括号全半角不一。',
    confidence: 0.5,
    status: 'proposed',
    region: 'r4',
    from: 3,
    to: 4,
    before: '（',
    after: '('
  }
]

const p02Changes: readonly Change[] = [
  {
    kind: 'replace',
    id: 'wrapped-space/r1@9',
    rule: 'wrapped-space',
    reason: '多余空格。',
    confidence: 0.9,
    status: 'applied',
    region: 'r1',
    from: 9,
    to: 10,
    before: ' ',
    after: ''
  }
]

export function clean(page: Page, changes: readonly Change[] = []): CleanPage {
  return { page, changes, blocks: replay(page, changes) }
}

export const samplePages: readonly CleanPage[] = [clean(p01, p01Changes), clean(p02, p02Changes)]

const textOf = (page: CleanPage, block: string): string =>
  page.blocks
    .find((candidate) => candidate.id === block)!
    .pieces.map((piece) => piece.text)
    .join('')

const part = (page: CleanPage, role: TextRole, block: string): ArticlePart => ({
  role,
  text: textOf(page, block),
  blocks: [{ page: page.page.id, block }]
})

const [first, second] = samplePages as [CleanPage, CleanPage]
const issueId = 'linhu-evening-2024-03-05'

const articles: readonly Article[] = [
  {
    id: `${issueId}-p01-i0001`,
    kicker: '冬修水利在行动',
    heading: '三条老渠月底前全部通水',
    dateline: '本报讯',
    credits: [{ role: 'reporter', name: '周岚' }],
    parts: [
      part(first, 'kicker', 'r2'),
      part(first, 'heading', 'r3'),
      part(first, 'paragraph', 'r4'),
      part(first, 'paragraph', 'r5'),
      part(first, 'caption', 'r7'),
      part(first, 'jump-line', 'r8'),
      part(second, 'paragraph', 'r2')
    ],
    pages: ['p01', 'p02'],
    confidence: 0.93,
    evidence: { jump: '下转02版' },
    jumps: [{ direction: 'to', at: { page: 'p01', block: 'r8' }, pageLabel: '02', page: 'p02' }]
  },
  {
    id: `${issueId}-p02-i0001`,
    heading: '夜班公交加开两趟',
    credits: [],
    parts: [part(second, 'heading', 'r3'), part(second, 'crosshead', 'r4'), part(second, 'paragraph', 'r5')],
    pages: ['p02'],
    confidence: 0.88,
    alternatives: [{ blocks: [{ page: 'p02', block: 'r3' }], confidence: 0.1, reason: '标题可能独立。' }]
  },
  {
    id: `${issueId}-p02-i0002`,
    credits: [],
    parts: [part(second, 'note', 'r6')],
    pages: ['p02'],
    confidence: 0.4
  }
]

export const sampleIssue: Issue = {
  id: issueId,
  title: '临湖晚报',
  date: '2024-03-05',
  edition: '早版',
  language: 'zh-Hans',
  publisher: '临湖报业',
  pages: [
    {
      id: 'p01',
      label: 'A01',
      section: '要闻',
      furniture: [{ role: 'masthead', text: textOf(first, 'r1'), block: { page: 'p01', block: 'r1' } }],
      state: { stage: 'cleaned', grade: 'A' }
    },
    {
      id: 'p02',
      label: '02',
      furniture: [
        { role: 'folio', text: textOf(second, 'r1'), block: { page: 'p02', block: 'r1' } },
        { role: 'noise', text: textOf(second, 'r7'), block: { page: 'p02', block: 'r7' } }
      ],
      state: { stage: 'cleaned', grade: 'C' }
    }
  ],
  articles
}

/** Text that would be markup, code or a path if it were not text. */
export const hostileTexts: readonly string[] = [
  '<script>alert(1)</script>',
  'a ]]> b <![CDATA[ c ]]>',
  '---',
  '--- \n---',
  '...',
  '# 不是标题',
  '## a #',
  '1. 一',
  '1) 一',
  '123456789. x',
  '- 项目',
  '* 项目',
  '+ 项目',
  '> 引用',
  '    四个空格',
  '\t制表符',
  '  两个空格两端  ',
  '　　全角缩进',
  '```js\nalert(1)\n```',
  '~~~\nx\n~~~',
  '`code` 与 ``code``',
  '*斜* **粗** _x_ __y__ ~~z~~',
  '**聚力。**做大',
  '[链接](javascript:alert(1)) ![图](x.png)',
  '[引用][a]\n\n[a]: http://example.com',
  '[//]: # "part paragraph body p01/r1"',
  '[//]: # "end"',
  '[^1] 与 [^1]: 脚注',
  '- [ ] 待办 [x]',
  'http://example.com www.example.com https://a.b/c?d=e&f=g me@example.com',
  'example.com/路径 ftp://x',
  '<http://example.com> <me@example.com>',
  '&amp; &lt; &#65; &copy; &nosuch;',
  '\\ \\* \\\\ \\n 反斜杠\\',
  '|a|b|\n|-|-|\n|c|d|',
  '甲 | 乙 | 丙',
  '{{ 7*7 }} {% raw %} {{< figure >}} {{% x %}} {#id .class} $' + '{x}',
  '{{{{}}}}',
  '<!-- 注释 --> <!--more--> <?xml?> <!DOCTYPE html>',
  '%%隐藏%% ==高亮== #标签 $a$ $$b$$ ^块 :tada: ::: tip',
  ':::danger\nx\n:::',
  '[[双链]] ![[嵌入]] [toc] [[_TOC_]]',
  '标题\n===',
  '标题\n---',
  '一行\n又一行',
  '一行  \n又一行',
  '一行\\\n又一行',
  '\n首尾空行\n',
  '一\n\n二',
  '\r\n回车\r',
  'a\u0001b\u0000c\u0008d\u001be',
  '\ufeff字节序标记',
  '\u202e右到左\u202c \u2066隔离\u2069 \u200f',
  '零\u200b宽\u200d连\u2060接',
  '半个\ud842代理 \udc00',
  '𠮷野家 𝒳 👨‍👩‍👧',
  'Cafe\u0301 Café 豈 葛\udb40\udd00城',
  'yes',
  'null',
  '12:30',
  '2024-03-05',
  '0o17 0x1F 1e3 .inf ~',
  '"双引号" \'单引号\' “中文引号”',
  '!!js/function "x" &a *a @b `c` %d',
  'key: value # 注释',
  '\u0085\u2028\u2029\u00a0行',
  '=cmd|calc!A0',
  '../../etc/passwd',
  '',
  ' ',
  '\t',
  '　'
]

/** An issue of one page whose every part is one of `texts`. */
export function issueOf(texts: readonly string[], id = 'hostile'): { issue: Issue; pages: readonly CleanPage[] } {
  const page = clean(
    sheet(
      'p01',
      texts.map((text, index) => printedRegion(`r${index + 1}`, 'paragraph', [text], 100, 100 + index * 70))
    )
  )
  const article: Article = {
    id: `${id}-p01-i0001`,
    credits: [],
    parts: texts.map((text, index) => ({ role: 'paragraph', text, blocks: [{ page: 'p01', block: `r${index + 1}` }] })),
    pages: ['p01'],
    confidence: 1
  }
  const issue: Issue = {
    id,
    title: '试报',
    language: 'zh-Hans',
    pages: [{ id: 'p01', furniture: [], state: { stage: 'cleaned' } }],
    articles: [article]
  }
  return { issue, pages: [page] }
}
