import type { Line, Page, Region } from '@broadsheet/document'
import { describe, expect, it } from 'vitest'
import { crosshead } from '../../src/labels/crosshead.ts'
import { lawsHold } from '../laws.ts'

const em = 30

/** Paragraphs of one column under each other, `gap` ems of white before each; eight characters a line. */
function column(...paragraphs: readonly { readonly text: string; readonly gap: number; readonly size?: number }[]): Page {
  let y = 100
  const regions = paragraphs.map(({ text, gap, size = 1 }, index): Region => {
    y += gap * em
    const id = `r${index + 1}`
    const lines = (text.match(/.{1,8}/gsu) ?? []).map((part, line): Line => {
      const box = { x: 100, y, width: part.length * em * size, height: Math.round(0.94 * em * size) }
      y += em * size * 1.3
      return { id: `${id}l${line + 1}`, box, text: part }
    })
    return { type: 'text', id, role: 'paragraph', lines }
  })
  return { id: 'p01', image: { href: 'p01.png', width: 1000, height: 2000, sha256: '0'.repeat(64) }, regions, processing: [] }
}

const before = '市交通局说，全线共设测速点位11处，其中隧道内限速60公里。'
const after = '交警部门提醒，快速路主线禁止摩托车、非机动车和行人通行。'
const rolesOf = (page: Page): string[] => lawsHold(page, [crosshead]).blocks.map(({ role }) => role)

describe('crosshead', () => {
  it('is set apart by white in the width of the column', () => {
    expect(rolesOf(column({ text: before, gap: 0 }, { text: '请留意', gap: 1 }, { text: after, gap: 1 }))).toEqual([
      'paragraph',
      'crosshead',
      'paragraph'
    ])
  })

  it('is set apart by its size', () => {
    expect(rolesOf(column({ text: before, gap: 0 }, { text: '请留意', gap: 0.2, size: 1.2 }, { text: after, gap: 0.2 }))[1]).toBe(
      'crosshead'
    )
  })

  it('may have two lines, the second in the middle', () => {
    const page = column({ text: before, gap: 0 }, { text: '这些事项请你留', gap: 1 }, { text: '意', gap: 0.4 }, { text: after, gap: 1 })
    const [line] = (page.regions[2] as { lines: Line[] }).lines
    ;(line as { box: { x: number } }).box.x = 100 + 3 * em
    ;(line as { text: string }).text = '意吧'
    expect(rolesOf(page)).toEqual(['paragraph', 'crosshead', 'crosshead', 'paragraph'])
  })

  it('is as wide as its column where white stands over and under it', () => {
    expect(rolesOf(column({ text: before, gap: 0 }, { text: '这些事项请你留意', gap: 1 }, { text: after, gap: 1 }))[1]).toBe('crosshead')
  })

  it('is no sentence, and no line that follows without white', () => {
    expect(rolesOf(column({ text: before, gap: 0 }, { text: '请留意。', gap: 1 }, { text: after, gap: 1 }))[1]).toBe('paragraph')
    expect(rolesOf(column({ text: before, gap: 0 }, { text: '请留意', gap: 0 }, { text: after, gap: 0 }))[1]).toBe('paragraph')
  })
})
