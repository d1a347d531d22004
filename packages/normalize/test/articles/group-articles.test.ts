import type { Box, CleanPage, Issue, Line, Page, Region, TextRole } from '@broadsheet/document'
import { describe, expect, it } from 'vitest'
import { applyRules, checkGrouping, groupArticles, labelRules, normalize, readProfile } from '../../src/index.ts'
import { pageOf } from '../laws.ts'

const issueFacts = { id: 'linhu-2024-09-26', title: '临湖晚报', date: '2024-09-26', language: 'zh-Hans' }

function group(...pages: Page[]): Issue {
  const clean = pages.map((page) => applyRules(page, labelRules))
  const issue = groupArticles(clean, { issue: issueFacts })
  expect(checkGrouping(issue, clean)).toEqual([])
  return issue
}

const text = (id: string, ...blocks: string[]): Page => ({ ...pageOf(blocks), id })
const shapeOf = (issue: Issue): string[] =>
  issue.articles.map((article) => article.parts.map((part) => part.blocks.map(({ block }) => block).join('+')).join(' '))

const body = [
  '昨天下午4时10分，随着最后一车沥青在月亮湾互通摊铺完成，总长46.8公里的环湖快速路全线贯通。',
  '记者昨天跟随试车队跑了一圈，沿途没有一个红绿灯，到达高铁临湖西站只用了22分钟。'
]

describe('groupArticles, from words alone', () => {
  it.each([
    [
      'an interview',
      ['对话造桥人', '——访总工程师郑海平', '记者：大桥什么时候能通车？', '郑海平：预计明年国庆前，目前主塔已经封顶，正在架设主缆。'],
      ['对话造桥人']
    ],
    [
      'a speech',
      ['在全市教育工作会议上的讲话', '同志们：', '今天我们召开全市教育工作会议。', '二、扎实做好工作', '要抓好校园安全。'],
      ['在全市教育工作会议上的讲话']
    ],
    ['talk', ['“你去过北岸吗？”', '“没有。”', '“那边的芦苇很高，秋天的时候全白了。”'], ['']],
    ['a letter', ['编辑同志：', '最近路灯坏了三盏，希望有关部门能尽快修好。', '此致', '敬礼', '2024年9月20日'], ['']],
    [
      'signed items',
      ['城东新增口袋公园', `${body[0]}沈知远`, '湖滨小学开设木工课', `${body[1]}卢晓棠 汪宁`, '公交绕行', body[0]!],
      ['城东新增口袋公园', '湖滨小学开设木工课', '公交绕行']
    ],
    [
      'English items',
      [
        'NEW DOCK FOR MARLOW',
        'The board met yesterday. Work begins in May.',
        'FIRE AT THE MILL',
        'A fire broke out on Tuesday night. Nobody was hurt.'
      ],
      ['NEW DOCK FOR MARLOW', 'FIRE AT THE MILL']
    ],
    [
      'a front page with a line for each of its facts',
      [
        '临湖晚报',
        '2024年9月26日 星期四',
        '农历甲辰年八月廿四',
        '国内统一连续出版物号 CN 37-0099',
        '第7218期',
        '零售价1元',
        '历时三年零四个月',
        '环湖快速路今天全线贯通',
        '北岸到高铁站车程缩短到22分钟',
        ...body
      ],
      ['环湖快速路今天全线贯通']
    ],
    [
      'a page of 1936',
      [
        '中華民國二十五年三月十七日',
        '石橋加寬工程',
        '南門外石橋爲城廂往來要道，近年車馬日繁，橋面甚窄。',
        '氣象',
        '昨日最高溫度七十八度，東南風，陰。',
        '輪船碼頭擴充',
        '輪船公司擬於下月擴充碼頭，已向市府呈請。'
      ],
      ['石橋加寬工程', '氣象', '輪船碼頭擴充']
    ],
    [
      'what stands behind a poem',
      ['湖上', '风把碎银推到岸边', '又收回去', '像一个舍不得的人', '数着硬币', '船是黑的', '为夜行者写传', '——读《听夜》', body[0]!],
      ['', '为夜行者写传']
    ],
    [
      'what follows a caption',
      ['环湖路通车', ...body, '图为贯通现场。 记者 岑默 摄', '湖滨小学开设木工课', '记者 汪宁', body[1]!],
      ['环湖路通车', '湖滨小学开设木工课']
    ]
  ])('knows the headings of %s', (_, blocks, headings) => {
    expect(group(text('p01', ...blocks)).articles.map(({ heading }) => heading ?? '')).toEqual(headings)
  })

  it('names the parts of an article', () => {
    const issue = group(
      text(
        'p01',
        '环湖快速路今天全线贯通',
        '——访市交通运输局负责人',
        `临湖2月27日讯 ${body[0]}`,
        body[1]!,
        '临湖日报青萝融媒体中心记者 沈知远 通讯员 卢晓棠'
      )
    )
    expect(issue.articles).toMatchObject([
      {
        id: 'linhu-2024-09-26-p01-i0001',
        heading: '环湖快速路今天全线贯通',
        deck: '——访市交通运输局负责人',
        dateline: '临湖2月27日讯',
        credits: [
          { role: 'reporter', name: '沈知远', organisation: '临湖日报青萝融媒体中心' },
          { role: 'correspondent', name: '卢晓棠' }
        ],
        pages: ['p01']
      }
    ])
    expect(issue.articles[0]!.parts[2]!.text).toMatch(/^临湖2月27日讯 昨天/)
  })

  it('begins a new article at a heading after a closing credit', () => {
    const issue = group(text('p01', '环湖快速路今天全线贯通', body[0]!, '记者 沈知远', '首批公租房昨天摇号', body[1]!, '记者 汪宁'))
    expect(shapeOf(issue)).toEqual(['r1 r2 r3', 'r4 r5 r6'])
  })

  it('tells articles apart on a page whose sentences end with 、', () => {
    const old = '湖上之風、吹過來了、船慢慢靠岸、人提籃下板、說今日魚價、又說去年雪大、燈一盞一盞亮起、無人說話、只有水聲、'
    const issue = group(text('p01', '湖上雜記', '（青萝）', old, '新到之船', '（远山）', old, '夜市', old))
    expect(shapeOf(issue)).toEqual(['r1 r2 r3', 'r4 r5 r6', 'r7 r8'])
    expect(issue.articles.map(({ heading }) => heading)).toEqual(['湖上雜記', '新到之船', '夜市'])
    expect(issue.articles[1]!.credits).toEqual([{ role: 'author', name: '远山' }])
  })

  it('takes a page of plain prose for one untitled article', () => {
    const issue = group(text('p01', ...body, '路线详情可拨打12328咨询，首末班车时间为6时和21时30分。'))
    expect(issue.articles).toHaveLength(1)
    expect(issue.articles[0]!.heading).toBeUndefined()
    expect(issue.articles[0]!.parts.map((part) => part.role)).toEqual(['paragraph', 'paragraph', 'paragraph'])
  })

  it('leaves a poem and a list of names as they are set', () => {
    const poem = ['风从湖上来', '带着桨声', '和去年的雪', '灯一盏一盏', '沿着岸亮起来', '没有人说话', '只有水在说', '我们都在听']
    const names = ['获奖名单', '张晓 李静 王梅', '赵岩 钱程 孙立', '周舟 吴桐 郑重']
    for (const lines of [poem, names]) {
      const issue = group(text('p01', ...lines))
      expect(issue.articles.flatMap((article) => article.parts.map((part) => part.text))).toEqual(lines)
    }
  })

  it('keeps the furniture with the page', () => {
    const issue = group(text('p01', '2024年9月26日 星期四 编辑 梅朵 美编 高旗', '环湖快速路今天全线贯通', body[0]!, '临湖晚报'))
    expect(issue.pages[0]).toMatchObject({
      id: 'p01',
      furniture: [
        { role: 'folio', text: '2024年9月26日 星期四 编辑 梅朵 美编 高旗', block: { page: 'p01', block: 'r1' } },
        { role: 'masthead', text: '临湖晚报' }
      ]
    })
    expect(issue.contradictions).toBeUndefined()
  })

  it('reads English and German pages', () => {
    const english = group({
      ...pageOf(
        [
          'LAST FERRY LEAVES THE QUAY',
          'By Our Own Correspondent',
          'PORT ELDON, Tuesday. The last steam ferry on the estuary made her final crossing yesterday evening.',
          'Continued on page 5'
        ],
        'en'
      ),
      id: 'p01'
    })
    expect(english.articles).toMatchObject([
      {
        heading: 'LAST FERRY LEAVES THE QUAY',
        dateline: 'PORT ELDON, Tuesday.',
        credits: [{ role: 'correspondent' }],
        jumps: [{ direction: 'to', pageLabel: '5' }]
      }
    ])
    const german = group({
      ...pageOf(
        [
          'Der letzte Dampfer verläßt den Kai',
          'Von Hans Müller',
          'Lindau, 5. Mai. Der letzte Dampfer auf dem See hat gestern abend seine Fahrt beendet.',
          'Fortsetzung auf Seite 5'
        ],
        'de'
      ),
      id: 'p01'
    })
    expect(german.articles).toMatchObject([
      {
        heading: 'Der letzte Dampfer verläßt den Kai',
        dateline: 'Lindau, 5. Mai.',
        credits: [{ name: 'Hans Müller' }],
        jumps: [{ pageLabel: '5' }]
      }
    ])
  })
})

describe('groupArticles, over pages', () => {
  const first = text(
    'p01',
    'A01',
    '环湖快速路今天全线贯通',
    body[0]!,
    '最难啃的骨头是2.3公里长的青萝湖隧道，施工高峰期有1100多',
    '（下转A05版）'
  )
  const second = text(
    'p05',
    'A05',
    '环湖快速路今天全线贯通',
    '（上接A01版）',
    '人三班倒，除夕夜也没有停工，硬是没让一滴水灌进隧道。',
    '记者 沈知远',
    '槐荫巷的修鞋匠',
    body[1]!
  )

  it('makes one article of the two ends of a jump', () => {
    const issue = group(first, second)
    expect(issue.articles.map((article) => [article.id, article.pages])).toEqual([
      ['linhu-2024-09-26-p01-i0001', ['p01', 'p05']],
      ['linhu-2024-09-26-p05-i0002', ['p05']]
    ])
    expect(issue.articles[0]!.jumps).toMatchObject([
      { direction: 'to', pageLabel: 'A05', page: 'p05' },
      { direction: 'from', pageLabel: 'A01', page: 'p01' }
    ])
    expect(issue.articles[0]!.parts.find((part) => part.text.includes('1100多人三班倒'))?.blocks).toEqual([
      { page: 'p01', block: 'r4' },
      { page: 'p05', block: 'r4' }
    ])
    expect(issue.articles[0]!.credits).toEqual([{ role: 'reporter', name: '沈知远' }])
  })

  it('keeps its ids when pages are added, and tells of a jump without its other end', () => {
    const alone = group(second)
    expect(alone.articles.map((article) => article.id)).toEqual(['linhu-2024-09-26-p05-i0001', 'linhu-2024-09-26-p05-i0002'])
    expect(alone.contradictions).toEqual(['“环湖快速路今天全线贯通” on page p05 comes from page A01, which is not among the pages.'])
    const ids = group(first, second).articles.map((article) => article.id)
    expect(ids).toContain('linhu-2024-09-26-p05-i0002')
  })

  it.each([
    ['behind', ['p01', 'p02', 'p03'], ['p04', 'p05']],
    ['in the middle', ['p01', 'p04', 'p05'], ['p02', 'p03']],
    ['before', ['p03', 'p04'], ['p01', 'p02', 'p05']]
  ])('gives every article that is there the same id when pages are added %s', (_, first, added) => {
    const headings = ['环湖快速路今天全线贯通', '湖滨小学开设木工课', '城东新增口袋公园', '市图书馆夜读延到23时', '青萝湖禁渔期明天结束']
    const pageNamed = (id: string): Page => {
      const own = headings[Number(id.slice(1)) - 1]!
      return text(id, own, '记者 汪宁', ...body, '记者 沈知远', `${own.slice(0, 4)}之后`, '记者 曲苒', ...body)
    }
    const idsIn = (pages: readonly string[]): Map<string, string> =>
      new Map(group(...pages.map(pageNamed)).articles.flatMap(({ id, parts }) => parts.map((part) => [JSON.stringify(part.blocks), id])))
    const before = idsIn(first)
    const after = idsIn([...first, ...added].sort())
    expect(new Set(before.values()).size).toBeGreaterThanOrEqual(first.length)
    for (const [blocks, id] of before) expect(after.get(blocks)).toBe(id)
  })

  it('does not link a jump to an article that comes from elsewhere', () => {
    const stranger = text('p05', 'A05', '首批公租房昨天摇号', '（上接A03版）', body[1]!)
    const issue = group(first, stranger)
    expect(issue.articles.map((article) => article.pages)).toEqual([['p01'], ['p05']])
    expect(issue.contradictions).toHaveLength(2)
  })

  it('keeps a day by the moon with the page, and makes no date of ours of it', () => {
    const issue = group(text('p01', '光緒三年三月初五日', '橋工將竣', ...body, '米價續漲', body[1]!))
    expect(issue.pages[0]!.furniture.map(({ role, text }) => [role, text])).toEqual([['folio', '光緒三年三月初五日']])
    expect(issue.contradictions).toBeUndefined()
    expect(issue.articles.map(({ heading }) => heading)).toEqual(['橋工將竣', '米價續漲'])
    expect(group(text('p01', ...body, '光緒三年三月初五日')).pages[0]!.furniture).toEqual([])
  })

  it('checks what the folios say', () => {
    const issue = group(
      text('p01', '2024年9月26日 星期五 编辑 梅朵', 'A01', body[0]!),
      text('p02', '2024年9月27日 星期五 编辑 梅朵', 'A01', body[1]!),
      text('p03', '青萝时报', '2024年9月26日 星期四 编辑 梅朵', body[1]!)
    )
    expect(issue.contradictions).toEqual([
      'Page p01 names Friday, but 2024-09-26 was a Thursday.',
      'Page p02 is dated 2024-09-27, the issue 2024-09-26.',
      'Page p03 bears the title “青萝时报”, the issue “临湖晚报”.',
      'Pages p01 and p02 are both numbered A1.'
    ])
  })
})

// Pages drawn as blocks of letters: `A` a column piece of running text, capital `H` a heading.

interface Piece {
  readonly id: string
  readonly at: readonly [x: number, y: number, width: number, height: number]
  readonly kind?: 'text' | 'head' | 'small'
  readonly text?: string
  readonly vertical?: boolean
  readonly role?: TextRole
}

const em = 40

function drawn(pieces: readonly Piece[], others: readonly Region[] = []): Page {
  const regions: Region[] = pieces.map((piece) => regionOf(piece))
  return {
    id: 'p01',
    language: 'zh-Hans',
    image: { href: 'p01.png', width: 4000, height: 5000, sha256: '0'.repeat(64) },
    regions: [...regions, ...others],
    processing: []
  }
}

function regionOf({ id, at: [x, y, width, height], kind = 'text', text, vertical = false, role = 'paragraph' }: Piece): Region {
  const size = kind === 'head' ? em * 2.5 : kind === 'small' ? em * 0.85 : em
  const across = vertical ? width : height
  const along = vertical ? height : width
  const count = Math.max(1, Math.round(across / (size * 1.5)))
  const perLine = Math.max(1, Math.floor(along / size))
  const words = text ?? prose(count * perLine)
  const lines: Line[] = Array.from({ length: count }, (_, index) => {
    const own = words.slice(index * perLine, (index + 1) * perLine)
    const indent = index === 0 && words.startsWith('　') ? 2 * size : 0
    const length = Math.round(Math.min(along, own.replace(/　/g, '').length * size))
    const offset = Math.round(index * size * 1.5)
    const box: Box = vertical
      ? { x: Math.round(x + width - offset - size), y: y + indent, width: Math.round(size), height: Math.max(1, length) }
      : { x: x + indent, y: y + offset, width: Math.max(1, length), height: Math.round(size) }
    return {
      id: `${id}-${index}`,
      text: own.replace(/　/g, ''),
      box,
      emPx: size,
      ...(vertical ? { direction: 'vertical-rl' as const } : {})
    }
  }).filter((line) => line.text !== '')
  return { type: 'text', id, role, box: { x, y, width, height }, lines }
}

/** Running text of so many characters that ends with a full stop and begins with an indent. */
function prose(length: number): string {
  const sentence = '湖上的风吹过来船慢慢地靠了岸人们提着篮子走下跳板说着今天的鱼价'
  return `　　${sentence.repeat(Math.ceil(length / sentence.length)).slice(0, Math.max(1, length - 3))}。`
}

const open = (length: number): string => prose(length + 1).slice(0, -1)
const mid = (length: number): string => prose(length).slice(2)

const membersOf = (page: Page): string[] => {
  const clean = applyRules(page, labelRules)
  const issue = groupArticles([clean], { issue: issueFacts })
  expect(checkGrouping(issue, [clean])).toEqual([])
  return issue.articles.map((article) => article.parts.flatMap((part) => part.blocks.map(({ block }) => block)).join(' '))
}

describe('groupArticles, from boxes', () => {
  it('tells two articles side by side apart, whatever the order of the regions', () => {
    const pieces: Piece[] = [
      { id: 'h1', at: [100, 100, 1300, 100], kind: 'head', text: '环湖路全线贯通' },
      { id: 'a1', at: [100, 280, 600, 900], text: open(225) },
      { id: 'a2', at: [760, 280, 600, 900], text: mid(210) },
      { id: 'h2', at: [1500, 100, 1300, 100], kind: 'head', text: '公租房昨天摇号' },
      { id: 'b1', at: [1500, 280, 600, 900], text: open(225) },
      { id: 'b2', at: [2160, 280, 600, 900], text: mid(210) }
    ]
    const expected = ['h1 a1 a2', 'h2 b1 b2']
    expect(membersOf(drawn(pieces))).toEqual(expected)
    expect(membersOf(drawn([...pieces].reverse()))).toEqual(expected)
    expect(membersOf(drawn([0, 3, 1, 4, 2, 5].map((index) => pieces[index]!)))).toEqual(expected)
  })

  it('goes on below where a line torn in its middle ends one piece and begins the next', () => {
    expect(
      membersOf(
        drawn([
          { id: 'h1', at: [100, 100, 1300, 100], kind: 'head', text: '环湖路全线贯通' },
          { id: 'a1', at: [100, 280, 600, 900], text: open(225) },
          { id: 'a2', at: [760, 280, 600, 300], text: mid(70) },
          { id: 'a3', at: [760, 520, 600, 660] },
          { id: 'h2', at: [1500, 100, 1300, 100], kind: 'head', text: '公租房昨天摇号' },
          { id: 'b1', at: [1500, 280, 600, 900] }
        ])
      )
    ).toEqual(['h1 a1 a2 a3', 'h2 b1'])
  })

  it('reads a column of its own beside a wide article', () => {
    expect(
      membersOf(
        drawn([
          { id: 'h1', at: [100, 100, 1900, 100], kind: 'head', text: '环湖快速路今天全线贯通了' },
          { id: 'a1', at: [100, 280, 600, 1500], text: open(375) },
          { id: 'a2', at: [760, 280, 600, 1500], text: open(375).slice(2) },
          { id: 'a3', at: [1420, 280, 600, 1500], text: mid(360) },
          { id: 'h2', at: [2160, 100, 500, 100], kind: 'head', text: '夜读延时' },
          { id: 'b1', at: [2100, 280, 600, 600] },
          { id: 'h3', at: [2160, 1000, 500, 100], kind: 'head', text: '供暖缴费' },
          { id: 'c1', at: [2100, 1180, 600, 600] }
        ])
      )
    ).toEqual(['h1 a1 a2 a3', 'h2 b1', 'h3 c1'])
  })

  it('flows round a picture and gives it its caption', () => {
    const picture: Region = { type: 'image', id: 'f1', box: { x: 760, y: 280, width: 600, height: 500 } }
    expect(
      membersOf(
        drawn(
          [
            { id: 'h1', at: [100, 100, 1900, 100], kind: 'head', text: '环湖快速路今天全线贯通了' },
            { id: 'a1', at: [100, 280, 600, 1500], text: open(375) },
            { id: 'a2', at: [760, 900, 600, 880], text: open(210).slice(2) },
            { id: 'a3', at: [1420, 280, 600, 1500], text: mid(360) },
            { id: 'k1', at: [760, 800, 560, 40], kind: 'small', text: '昨日航拍的月亮湾互通' }
          ],
          [picture]
        )
      )
    ).toEqual(['h1 a1 a2 a3 k1'])
  })

  it('reads a heading set upright beside its text', () => {
    expect(
      membersOf(
        drawn([
          { id: 'h1', at: [1500, 100, 100, 700], kind: 'head', vertical: true, text: '槐荫巷的修鞋匠' },
          { id: 'a1', at: [100, 100, 600, 900], text: open(225) },
          { id: 'a2', at: [760, 100, 600, 900], text: mid(210) },
          { id: 'h2', at: [100, 1200, 1200, 100], kind: 'head', text: '公租房昨天摇号' },
          { id: 'b1', at: [100, 1380, 600, 600], text: open(150) },
          { id: 'b2', at: [760, 1380, 600, 600], text: mid(135) }
        ])
      )
    ).toEqual(['h1 a1 a2', 'h2 b1 b2'])
  })

  it('reads vertical text in tiers from the right', () => {
    expect(
      membersOf(
        drawn([
          { id: 'h1', at: [2600, 100, 100, 700], kind: 'head', vertical: true, text: '石橋加寬工程興' },
          { id: 'a1', at: [1700, 100, 800, 800], vertical: true, text: open(260) },
          { id: 'a2', at: [1700, 960, 800, 800], vertical: true, text: mid(240) },
          { id: 'h2', at: [1500, 100, 100, 700], kind: 'head', vertical: true, text: '女中舉行懇親會' },
          { id: 'b1', at: [600, 100, 800, 800], vertical: true, text: open(260) },
          { id: 'b2', at: [600, 960, 800, 800], vertical: true, text: mid(240) }
        ])
      )
    ).toEqual(['h1 a1 a2', 'h2 b1 b2'])
  })

  it('takes running text without any heading for one article', () => {
    expect(
      membersOf(
        drawn([
          { id: 'a1', at: [100, 280, 600, 900], text: open(225) },
          { id: 'a2', at: [760, 280, 600, 900], text: mid(210) }
        ])
      )
    ).toEqual(['a1 a2'])
  })
})

describe('checkGrouping', () => {
  it('finds what is missing and what stands twice', () => {
    const clean: CleanPage = normalize(text('p01', ...body))
    const issue = groupArticles([clean], { issue: issueFacts })
    const [article] = issue.articles
    const lost = { ...issue, articles: [{ ...article!, parts: article!.parts.slice(1) }] }
    const twice = { ...issue, articles: [article!, article!] }
    expect(checkGrouping(lost, [clean])).toEqual([{ page: 'p01', block: 'r1', times: 0 }])
    expect(checkGrouping(twice, [clean]).map((place) => place.times)).toEqual([2, 2])
  })

  it('holds for pages of nothing, of one mark, of furniture only, and of noise', () => {
    for (const lines of [[], ['。'], ['临湖晚报', 'A01'], ['（下转A05版）'], ['记者 汪宁'], ['\ud800', '## '], ['一'.repeat(200_000)]])
      group(text('p01', ...lines))
  })

  it('holds with a profile', () => {
    const clean = normalize(text('p01', '青萝湖畔', ...body), { profile: readProfile({ slogans: ['青萝湖畔'] }) })
    const issue = groupArticles([clean], { issue: issueFacts })
    expect(checkGrouping(issue, [clean])).toEqual([])
    expect(issue.pages[0]!.furniture.map((line) => line.role)).toEqual(['slogan'])
  })

  it('takes shreds of a line, and what lies within a block, for one piece of text', () => {
    const page = drawn([
      { id: 'h', at: [200, 200, 1400, 100], kind: 'head', text: '环湖快速路今天全线贯通了' },
      { id: 'a', at: [200, 400, 640, 900], text: prose(224) },
      { id: 'b', at: [280, 1320, 160, 40], text: '昨天下午' },
      { id: 'c', at: [520, 1320, 320, 40], text: '最后一车沥青摊完' },
      { id: 'd', at: [200, 1380, 640, 300], text: mid(80) }
    ])
    expect(membersOf(page)).toEqual(['h a b c d'])
  })

  it('puts lost pieces to the nearest article and says so', () => {
    const page = drawn([
      { id: 'h', at: [200, 200, 1400, 100], kind: 'head', text: '环湖快速路今天全线贯通了' },
      { id: 'a', at: [200, 400, 640, 900], text: prose(224) },
      { id: 'b', at: [1000, 1500, 640, 40], text: '，水面上还有一层薄薄的雾。' }
    ])
    const clean = applyRules(page, labelRules)
    const { articles } = groupArticles([clean], { issue: issueFacts })
    expect(articles).toHaveLength(1)
    expect(articles[0]!.confidence).toBeLessThanOrEqual(0.5)
    expect(checkGrouping(groupArticles([clean], { issue: issueFacts }), [clean])).toEqual([])
  })

  it('reads a table that was read cell by cell row by row', () => {
    const rows = ['名次 球队 积分', '1 临湖 31', '2 南江 30', '3 北港 29', '4 西岭 27']
    const cells = rows.flatMap((row, y) =>
      row.split(' ').map(
        (text, x): Piece => ({
          id: `c${x}${y}`,
          at: [200 + x * 240, 500 + y * 70, 160, 40],
          text,
          kind: /\d/.test(text) ? 'small' : 'text'
        })
      )
    )
    // The order of an engine that reads column by column.
    const columns = [...cells].sort((a, b) => a.at[0] - b.at[0])
    const page = drawn([{ id: 'h', at: [200, 360, 700, 100], kind: 'head', text: '女篮积分榜' }, ...columns])
    const clean = applyRules(page, labelRules)
    const { articles } = groupArticles([clean], { issue: issueFacts })
    expect(articles).toHaveLength(1)
    expect(articles[0]!.parts.find((part) => part.role === 'table')?.text).toBe(rows.map((row) => row.replaceAll(' ', '\t')).join('\n'))
  })
})
