import type { Nodes, Paragraph, PhrasingContent, Table } from 'mdast'
import { portable } from '../portable.ts'

/** Text as phrasing: line ends between two lines with something on them become hard breaks, all else stays in text nodes. */
export function phrasing(text: string): PhrasingContent[] {
  const lines = portable(text).split('\n')
  if (lines.some((line) => line.trim() === '')) return [{ type: 'text', value: portable(text) }]
  return lines.flatMap((line, index): PhrasingContent[] =>
    index === 0 ? [{ type: 'text', value: line }] : [{ type: 'break' }, { type: 'text', value: line }]
  )
}

export function paragraph(text: string): Paragraph {
  return { type: 'paragraph', children: phrasing(text) }
}

/** A table of `text` whose lines are rows and whose tabs part the cells; undefined when it is not clearly one. */
export function tableOf(text: string): Table | undefined {
  const rows = portable(text)
    .split('\n')
    .map((line) => line.split('\t'))
  const width = rows[0]!.length
  const regular = rows.every(
    (row) => row.length === width && row.every((cell) => cell !== '' && cell.trim() === cell && !cell.includes('\r'))
  )
  if (rows.length < 2 || width < 2 || !regular) return undefined
  return {
    type: 'table',
    children: rows.map((row) => ({
      type: 'tableRow',
      children: row.map((cell) => ({ type: 'tableCell', children: [{ type: 'text', value: cell }] }))
    }))
  }
}

/** The text of a tree: what `phrasing` and `tableOf` were given. */
export function textOf(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value
  if (node.type === 'break') return '\n'
  if (!('children' in node)) return ''
  const glue = node.type === 'table' ? '\n' : node.type === 'tableRow' ? '\t' : ''
  return node.children.map(textOf).join(glue)
}
