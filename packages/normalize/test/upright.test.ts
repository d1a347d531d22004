import { type Box, type Page, uprightPage } from '@broadsheet/document'
import { expect, it } from 'vitest'
import { groupArticles, normalize } from '../src/index.ts'

/** Two headings, each over a column of text, on a picture of 1000 by 800. */
const upright: Page = {
  id: 'p01',
  image: { href: 'p01.png', width: 1000, height: 800, sha256: '0'.repeat(64) },
  language: 'zh-Hans',
  regions: [
    region('r1', 'heading', [{ x: 60, y: 40, width: 400, height: 60 }], ['渡口新桥昨日通车']),
    region('r2', 'paragraph', rows(60, 130), ['本报讯 横跨东江的渡口新桥昨日', '通车，两岸居民步行五分钟就能', '过江，再也不用等船。']),
    region('r3', 'heading', [{ x: 540, y: 40, width: 400, height: 60 }], ['老茶馆里添了书架']),
    region('r4', 'paragraph', rows(540, 130), ['街口的茶馆开了三十年，今年添', '了两排书架，来喝茶的人坐下就', '能翻上几页旧书。'])
  ],
  processing: [step(1)]
}

function rows(x: number, y: number): Box[] {
  return [0, 1, 2].map((row) => ({ x, y: y + 40 * row, width: 400, height: 30 }))
}

function region(id: string, role: 'heading' | 'paragraph', boxes: readonly Box[], texts: readonly string[]): Page['regions'][number] {
  const lines = texts.map((text, index) => ({ id: `${id}l${index + 1}`, text, box: boxes[index]!, emPx: boxes[0]!.height }))
  const { x, y, width } = boxes[0]!
  return { type: 'text', id, role, box: { x, y, width, height: boxes.at(-1)!.y + boxes.at(-1)!.height - y }, lines }
}

function step(orientation: number): Page['processing'][number] {
  return { id: 'decode', category: 'preOperation', software: 'broadsheet', version: '1', settings: { orientation } }
}

/** The same page on a scan that is stored turned by `back`, the way back of its orientation. */
function storedTurned(orientation: number, back: number): Page {
  return { ...uprightPage({ ...upright, processing: [step(back)] }), processing: [step(orientation)] }
}

it.each([
  [6, 8],
  [8, 6],
  [3, 3]
])('a scan stored with orientation %d is cleaned and grouped as it looks', (orientation, back) => {
  const issue = { id: 'x', title: '报', language: 'zh-Hans' }
  const turned = storedTurned(orientation, back)
  expect(uprightPage(turned).regions).toEqual(upright.regions)
  const [here, there] = [upright, turned].map((page) => normalize(page))
  expect(there!.changes).toEqual(here!.changes)
  expect(there!.page).toBe(turned)
  const groups = [here!, there!].map(({ page, changes, blocks }) => groupArticles([{ page, changes, blocks }], { issue }).articles)
  expect(groups[1]).toEqual(groups[0])
  expect(groups[0]!.map((article) => article.heading)).toEqual(['渡口新桥昨日通车', '老茶馆里添了书架'])
})
