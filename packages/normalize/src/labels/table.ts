import type { Box } from '@broadsheet/document'
import { cluster } from '../articles/place-index.ts'
import { distance, type Flow, flowOf, isRuledOff, overlapAcross, overlapAlong, rulesOf } from '../articles/space.ts'
import type { BlockView, PageView } from '../articles/view.ts'
import { defineRule, type Rule } from '../rule.ts'
import { ems, isOpenRole, lookAtPage, says } from './facts.ts'

export const table: Rule = defineRule({
  name: 'table',
  phase: 'label',
  summary: 'Short entries in rows and columns.',
  why: 'Scores, rates and prices are set in rows; read as text they must stay as they are set. A block is a table when most of its printed lines are short and stand beside each other, or when most of its words are figures.',
  examples: [
    {
      before: [{ lines: ['期限 原利率 现利率', '三个月 1.15% 1.05%', '一年 1.45% 1.35%', '二年 1.65% 1.45%'] }],
      after: [{ text: '期限 原利率 现利率三个月 1.15% 1.05%一年 1.45% 1.35%二年 1.65% 1.45%', role: 'table' }]
    },
    {
      before: ['今年1月至9月，全市外贸进出口41.2亿元，增长6.8%，比上年同期快3.2个百分点。'],
      after: ['今年1月至9月，全市外贸进出口41.2亿元，增长6.8%，比上年同期快3.2个百分点。']
    }
  ],
  *find(context) {
    const page = lookAtPage(context)
    const cells = new Set(gridsOf(page).flat())
    for (const view of page.blocks) {
      if (!(isOpenRole(view) || cells.has(view)) || /。/.test(view.text)) continue
      if (cells.has(view)) yield says(view, 'table', 'One of many short entries that stand in rows and columns.', 0.86)
      if (cells.has(view)) continue
      const shared = sharedRows(view)
      if (shared >= 0.6) yield says(view, 'table', 'Its entries stand beside each other in rows.', 0.93, { besideEachOther: round(shared) })
      else if (view.lines.length >= 3 && figureShare(view) >= 0.5)
        yield says(view, 'table', 'Line after line of entries, most of them figures.', 0.85, { figures: round(figureShare(view)) })
    }
  }
})

/** Short pieces that stand close together in rows of two or more: a table that was read cell by cell. */
function gridsOf(page: PageView): BlockView[][] {
  const em = page.bodyEm
  if (em === undefined) return []
  const rules = rulesOf(page).filter(isLong(em))
  const cells = page.blocks.filter((view) => view.box && mayBeCell(view))
  const grids = cluster(
    cells,
    (view) => flowOf(view, page)!,
    8 * em,
    (view, other) => areCells(view, other, page, em, rules)
  )
  return grids.filter((grid) => isGrid(grid, page))
}

function mayBeCell(view: BlockView): boolean {
  const isOpen = isOpenRole(view) || (view.isGuess && view.block.role === 'caption')
  return isOpen && view.size < 1.25 && ems(view.text) <= 14 * Math.max(1, view.lines.length) && isShort(view) && !/[。，；]/.test(view.text)
}

/** One or two lines, or a column of entries each on a line of its own. */
function isShort(view: BlockView): boolean {
  return view.lines.length <= 2 || (view.lines.length <= 40 && view.lines.every((line) => ems(line.text) <= 9))
}

/** In one row, or under each other: entries of a table stand further apart than words, and nearer than articles. */
function areCells(a: BlockView, b: BlockView, page: PageView, em: number, rules: readonly Flow[]): boolean {
  const [here, there] = [flowOf(a, page)!, flowOf(b, page)!]
  const inRow = overlapAcross(here, there) > 0.6
  return distance(here, there) < (inRow ? 8 : 2.6) * em && (!inRow || !isRuledOff(here, there, rules))
}

/** Tables have short rules of their own between their columns. */
function isLong(em: number): (rule: Flow) => boolean {
  return (rule) => rule.bottom - rule.top > 14 * em
}

function isGrid(grid: readonly BlockView[], page: PageView): boolean {
  const figures = grid.filter((view) => /\d/.test(view.text)).length
  if (grid.length < 8 || figures < grid.length * 0.35) return false
  const places = grid.map((view) => flowOf(view, page)!)
  const inRows = places.filter((a) => hasAtLeast(places, 1, (b) => a !== b && overlapAcross(a, b) > 0.6 && overlapAlong(a, b) === 0)).length
  const inColumns = places.filter((a) =>
    hasAtLeast(places, 2, (b) => a !== b && overlapAlong(a, b) > 0.4 && overlapAcross(a, b) === 0)
  ).length
  return inRows >= grid.length * 0.7 && inColumns >= grid.length * 0.6
}

function hasAtLeast(places: readonly Flow[], least: number, test: (place: Flow) => boolean): boolean {
  let count = 0
  return places.some((place) => test(place) && ++count >= least)
}

const round = (value: number): number => Math.round(value * 100) / 100

/** The share of lines that stand in one row with another line of the block. The halves of a broken paragraph are no rows. */
function sharedRows(view: BlockView): number {
  if (view.lines.length < 6 || view.lines.length > 2000) return 0
  const rows = view.lines.flatMap(({ box }) =>
    box
      ? [
          {
            top: box.y,
            bottom: box.y + box.height,
            left: box.x,
            right: box.x + box.width,
            part: view.boxes.findIndex((part) => holds(part, box))
          }
        ]
      : []
  )
  const beside = rows.filter((a) =>
    rows.some(
      (b) =>
        a !== b &&
        a.part === b.part &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5 * (a.bottom - a.top) &&
        (a.right <= b.left || b.right <= a.left)
    )
  )
  return view.vertical ? 0 : beside.length / view.lines.length
}

function holds(part: Box, { x, y, width, height }: Box): boolean {
  return x >= part.x && y >= part.y && x + width <= part.x + part.width && y + height <= part.y + part.height
}

/** The share of words with a digit. */
function figureShare(view: BlockView): number {
  const words = view.lines.flatMap((line) => line.text.split(/\s+/)).filter((word) => word !== '')
  return words.length < 8 ? 0 : words.filter((word) => /\d/.test(word) && word.length <= 12).length / words.length
}
