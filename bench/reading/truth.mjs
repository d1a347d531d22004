// True pages for bench/reading.mjs: scans made by the forge, and real pages with PAGE truth.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Pages of a folder made by the forge: lines in reading order, each with its box, text and article. */
export function madePages(folder, wanted) {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  return manifest.pages
    .filter((page) => !wanted || wanted.includes(page.id))
    .map((page) => {
      const truth = JSON.parse(readFileSync(join(folder, page.truth), 'utf8'))
      const byId = new Map(truth.lines.map((line) => [line.id, line]))
      const blocks = titlesFirst([...truth.blocks].sort((a, b) => a.order - b.order))
      const lines = blocks
        .flatMap((block) => block.lines.map((id) => toLine(byId.get(id), block)))
        .filter((line) => line.text.trim() !== '')
      return {
        id: page.id,
        level: truth.scan.level,
        language: truth.page.lang,
        file: join(folder, page.image),
        dpi: truth.image.dpi,
        /** Millimetres. */
        size: [truth.image.width, truth.image.height].map((pixels) => (pixels / truth.image.dpi) * 25.4),
        pictures: truth.blocks.filter((block) => block.kind === 'photo').map((block) => toBox(block.bbox)),
        lines
      }
    })
}

/** The forge lists a table's title behind its cells; it is printed above them, and comes first in the forge's own Markdown. */
function titlesFirst(blocks) {
  const isTitleOf = (block, table) => block.kind === 'headline' && block.article !== null && block.article === table.article
  const titles = new Map(
    blocks.filter(({ kind }) => kind === 'table').map((table) => [table, blocks.find((block) => isTitleOf(block, table))])
  )
  const moved = new Set(
    [...titles].filter(([table, title]) => title && blocks.indexOf(title) > blocks.indexOf(table)).map(([, title]) => title)
  )
  return blocks
    .filter((block) => !moved.has(block))
    .flatMap((block) => (moved.has(titles.get(block)) ? [titles.get(block), block] : [block]))
}

const toBox = ([x0, y0, x1, y1]) => ({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 })

function toLine(line, block) {
  return {
    box: toBox(line.bbox),
    polygon: line.polygon,
    text: line.text,
    size: line.sizePx,
    direction: line.orientation === 'vertical' ? 'vertical-rl' : 'horizontal-lr',
    article: block.article ?? null,
    kind: block.kind
  }
}

/** Real scans of whole pages in the corpus, by what they are set in. */
const realFolders = [
  { folder: 'de-nzz', language: 'de', group: 'de, black letter' },
  { folder: 'en-news/unlv', language: 'en', group: 'en' },
  { folder: 'zh-pages', language: 'zh-Hans', group: 'zh-Hans' }
]
const realVertical = { 'shenbao-1872': { language: 'zh-Hant', group: 'zh-Hant, vertical', vertical: true } }

export function realPages(corpus, wanted) {
  return realFolders.flatMap(({ folder, ...facts }) => {
    const path = join(corpus, 'corpus', folder)
    if (!existsSync(path)) return []
    return readdirSync(path)
      .filter((name) => /\.(tif|jpg|png)$/.test(name))
      .sort()
      .map((name) => ({ id: name.replace(/\.\w+$/, ''), file: join(path, name), ...facts }))
      .map((page) => ({ ...page, ...realVertical[page.id] }))
      .filter((page) => !wanted || wanted.includes(page.id))
  })
}
