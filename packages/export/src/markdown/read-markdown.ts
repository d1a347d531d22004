import type { Article, ArticlePart, BlockRef, Credit, Jump, Problem, TextRole } from '@broadsheet/document'
import type { Root, RootContent } from 'mdast'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { readFrontMatter } from './front-matter.ts'
import { type Marker, readMarker, readRef } from './markers.ts'
import { textOf } from './text.ts'

const maxLength = 8 * 1024 * 1024
const parser = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).freeze()

type PartMarker = Extract<Marker, { kind: 'part' }>

/**
 * Reads an article file that `exportMarkdown` wrote: the same article again. A file that a person edited since is read as
 * it stands, and what no longer fits its record is said in `problems`. Not for Markdown from elsewhere, and never for OCR text.
 */
export function readMarkdown(text: string): { article?: Article; problems: Problem[] } {
  if (text.length > maxLength) return { problems: [{ message: `The file is longer than ${maxLength} characters.` }] }
  const tree = parser.parse(text)
  const yaml = tree.children[0]
  const fields = yaml?.type === 'yaml' ? readFrontMatter(yaml.value) : undefined
  const record = fields && asObject(fields.broadsheet)
  if (!fields || !record || typeof record.id !== 'string')
    return { problems: [{ message: 'There is no front matter of an article of ours (broadsheet.id).' }] }
  const { nodes, parts: markers } = splitTree(tree)
  const problems: Problem[] = []
  const parts = readParts(nodes, markers, String(fields.title ?? ''), problems)
  return { article: buildArticle(fields, record, parts), problems }
}

/** The text of the body, block by block, and the records of the parts. */
function splitTree(tree: Root): { nodes: RootContent[]; parts: PartMarker[] } {
  const nodes: RootContent[] = []
  const parts: PartMarker[] = []
  let ended = false
  for (const node of tree.children) {
    const marker = node.type === 'definition' ? readMarker(node) : undefined
    if (marker?.kind === 'end') ended = true
    if (marker?.kind === 'part') parts.push(marker)
    if (!ended && node.type !== 'yaml' && node.type !== 'definition') nodes.push(node)
  }
  return { nodes, parts }
}

function readParts(nodes: readonly RootContent[], markers: readonly PartMarker[], title: string, problems: Problem[]): ArticlePart[] {
  const inBody = markers.filter((marker) => marker.where === 'body')
  if (inBody.length !== nodes.length) {
    problems.push({ message: `The text has ${nodes.length} parts but its record names ${inBody.length}: it was edited by hand.` })
    return nodes.map((node) => ({ role: roleOf(node), text: textOf(node as never), blocks: [] }))
  }
  let next = 0
  return markers.map((marker) => {
    const text = marker.where === 'body' ? textOf(nodes[next++] as never) : marker.where === 'title' ? title : ''
    return { role: marker.role, text, blocks: marker.blocks }
  })
}

function roleOf(node: RootContent): TextRole {
  if (node.type === 'heading') return node.depth === 1 ? 'heading' : 'crosshead'
  if (node.type === 'blockquote') return 'caption'
  return node.type === 'table' ? 'table' : 'paragraph'
}

function buildArticle(fields: Readonly<Record<string, unknown>>, record: Readonly<Record<string, unknown>>, parts: ArticlePart[]): Article {
  const text = (key: string): Record<string, string> => (typeof fields[key] === 'string' ? { [key]: fields[key] } : {})
  return {
    id: String(record.id),
    ...text('kicker'),
    ...(record.untitled === true || typeof fields.title !== 'string' ? {} : { heading: fields.title }),
    ...text('deck'),
    ...text('dateline'),
    credits: (record.credits ?? []) as Credit[],
    parts,
    pages: asStrings(fields.pages),
    confidence: Number(record.confidence),
    ...(record.evidence ? { evidence: record.evidence as NonNullable<Article['evidence']> } : {}),
    ...(Array.isArray(record.alternatives) ? { alternatives: record.alternatives.map(readAlternative) } : {}),
    ...(Array.isArray(record.jumps) ? { jumps: record.jumps.map(readJump) } : {})
  }
}

function readAlternative(value: { blocks: string[]; confidence: number; reason: string }): {
  blocks: BlockRef[]
  confidence: number
  reason: string
} {
  return { blocks: value.blocks.map(readRef), confidence: value.confidence, reason: value.reason }
}

function readJump(value: { at: string } & Omit<Jump, 'at'>): Jump {
  return { ...value, at: readRef(value.at) }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined
}

function asStrings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}
