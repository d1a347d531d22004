import { readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { type SearchDocument, type SearchSegment, writeSearchIndex } from '../../src/site/search-index.ts'
import { termsOf } from '../../src/site/terms.ts'

interface Client {
  find: (query: string) => AsyncIterable<{ title: string; whole: string; hits: { at: number; length: number }[] }>
  termsOf: (text: string) => Set<string>
  loader: (path: string) => Promise<void>
}

const source = readFileSync(new URL('../../data/site/search.js', import.meta.url), 'utf8')

/** The reader's script over these files; every file it loads is noted. */
function open(segments: readonly SearchSegment[]): { client: Client; loaded: string[] } {
  const files = new Map(writeSearchIndex(segments).map((file) => [file.path, String(file.content)]))
  const context = createContext({})
  runInContext(source, context)
  const client = runInContext('broadsheet.search', context) as Client
  const loaded: string[] = []
  client.loader = async (path) => {
    loaded.push(path)
    runInContext(files.get(`search/${path}`)!, context)
  }
  return { client, loaded }
}

async function titles(client: Client, query: string): Promise<string[]> {
  const found: string[] = []
  for await (const result of client.find(query)) found.push(result.title)
  return found
}

const document = (title: string, text: string): SearchDocument => ({ title, text, href: 'x.html', source: '' })

const segments: SearchSegment[] = [
  { name: '2023', documents: [document('旧桥', '老桥拆了，两岸的人绕路走。')] },
  {
    name: '2024',
    documents: [
      document('新桥', '胶河专线临江火车站改造工程新开工75个，全市推广普及。'),
      document('开放', '新的一年，开放工作。Export figures rose; ＦＡＸ 5550.'),
      document('𠮷野', '𠮷野家在街口，<b>便宜</b>。')
    ]
  }
]

describe('search', () => {
  it.each([
    ['火车站', ['新桥']],
    ['开工', ['新桥']],
    ['新开工', ['新桥']],
    ['桥', ['新桥', '旧桥']],
    ['新 年', ['开放']],
    ['export', ['开放']],
    ['Exp', ['开放']],
    ['port', []],
    ['fax', ['开放']],
    ['75个', ['新桥']],
    ['e', ['开放']],
    ['、', []],
    ['"新的一年" 工作', ['开放']],
    ['𠮷野', ['𠮷野']],
    ['<b>', ['𠮷野']],
    ['__proto__ constructor', []],
    ['，。', []],
    ['', []]
  ])('%s', async (query, expected) => {
    expect(await titles(open(segments).client, query)).toEqual(expected)
  })

  it('does not take characters that merely stand near each other for a word', async () => {
    expect(await titles(open(segments).client, '开工作')).toEqual([])
  })

  it('says where the words stand', async () => {
    for await (const { whole, hits } of open(segments).client.find('临江 普及'))
      expect(hits.map((hit) => whole.slice(hit.at, hit.at + hit.length))).toEqual(['临江', '普及'])
  })

  it('loads only what a query needs', async () => {
    const many = Array.from({ length: 200 }, (_, number) =>
      document(
        `第${number}篇`,
        String.fromCodePoint(...Array.from({ length: 800 }, (__, at) => 0x4e00 + ((number * 7919 + at * (number + 1) * 37) % 20000)))
      )
    )
    const { client, loaded } = open([{ name: '1999', documents: many }])
    const results = client.find(many[7]!.text.slice(10, 12))[Symbol.asyncIterator]()
    expect((await results.next()).value.title).toBe('第7篇')
    expect(writeSearchIndex([{ name: '1999', documents: many }]).length).toBeGreaterThan(12)
    expect(loaded.length).toBeLessThan(6)
  })

  it('finds by the same terms as the index is made of', () => {
    const { client } = open(segments)
    for (const text of ['胶济客专75个ABC_déjà-vu', 'ＦＡＸ〇々カタカナ ㋿ ﬁ İstanbul 𠮷野家', 'e\u0301 \ud800 <b>', '國語 ㄅㄆㄇ 2024年'])
      expect([...client.termsOf(text)]).toEqual([...termsOf(text)])
  })

  it('finds a character that stands nearly everywhere, newest first', async () => {
    const many = Array.from({ length: 40 }, (_, number) => document(`第${number}篇`, number % 2 === 0 ? '两岸居民步行' : '两岸无人'))
    const results = open([{ name: '1999', documents: many }])
      .client.find('民')
      [Symbol.asyncIterator]()
    expect((await results.next()).value.title).toBe('第38篇')
    expect((await results.next()).value.title).toBe('第36篇')
  })

  it('finds words by their beginning where they fall into two files', async () => {
    const word = (number: number): string =>
      `w${String.fromCodePoint(97 + (number % 26), 97 + ((number * 7) % 26))}${'x'.repeat(20)}${number}`
    const many = Array.from({ length: 300 }, (_, number) =>
      document(`d${number}`, Array.from({ length: 20 }, (__, at) => word(number * 20 + at)).join(' '))
    )
    const { client, loaded } = open([{ name: '1999', documents: many }])
    const all = many.filter(({ text }) => /\bwm/.test(text)).map(({ title }) => title)
    expect(await titles(client, 'wm')).toEqual(all.reverse())
    expect(await titles(client, 'w')).toHaveLength(300)
    expect(await titles(client, 'x')).toEqual([])
    expect(loaded.filter((path) => path.includes('/terms-')).length).toBeGreaterThan(1)
  })

  it('keeps every file of the index small', () => {
    const many = Array.from({ length: 300 }, (_, number) => document(`第${number}篇`, '两岸居民步行五分钟就能过江'.repeat(40)))
    for (const file of writeSearchIndex([{ name: '1999', documents: many }])) expect(String(file.content).length).toBeLessThan(150_000)
  })
})
