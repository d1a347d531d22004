import { type Article, type ArticlePart, type BlockRef, type Box, type Credit, lineGlue, type TextRole } from '@broadsheet/document'
import { loneNameCredits, parseCredits } from './credit.ts'
import { parseDateline } from './dateline.ts'
import type { PageGroup } from './page-group.ts'
import { parseSignature } from './signature.ts'
import type { BlockView } from './view.ts'

/** The part of an article that stands on one page. */
export interface Share {
  readonly page: string
  readonly group: PageGroup
}

/** What is said of an article by more than its own blocks. */
export interface Link {
  readonly confidence: number
  readonly reason: string
}

/** Makes the article of its shares, in the order it runs. Its text is that of its blocks. */
export function assembleArticle(id: string, shares: readonly Share[], links: readonly Link[]): Omit<Article, 'jumps'> {
  const parts = shares.reduce<ArticlePart[]>((parts, share, index) => appendShare(parts, share, index > 0), [])
  const heads = headOf(parts)
  const first = parts.find((part) => part.role === 'paragraph')
  const dateline = first ? parseDateline(first.text) : undefined
  const credits = creditsOf(parts, dateline?.credits ?? [])
  const confidence = [...shares.map(({ group }) => group.confidence), ...links.map((link) => link.confidence)].reduce((a, b) => a * b, 1)
  const alternatives = shares.flatMap(({ page, group }) =>
    group.alternatives.map(({ blocks, confidence, reason }) => ({ blocks: blocks.map((view) => ref(page, view)), confidence, reason }))
  )
  return {
    id,
    ...heads,
    ...(dateline ? { dateline: dateline.text } : {}),
    credits,
    parts,
    pages: [...new Set(shares.map((share) => share.page))],
    confidence: Math.round(confidence * 1000) / 1000,
    evidence: { grouping: shares[0]!.group.reason, ...(links.length > 0 ? { jump: links.map((link) => link.reason) } : {}) },
    ...(alternatives.length > 0 ? { alternatives } : {})
  }
}

function ref(page: string, view: BlockView): BlockRef {
  return { page, block: view.block.id }
}

/** Headings in several blocks are one part; so is a paragraph that goes on over the page turn. */
function appendShare(parts: ArticlePart[], { page, group }: Share, isLater: boolean): ArticlePart[] {
  let isTurn = isLater
  let before: BlockView | undefined
  for (const view of group.blocks) {
    const last = parts.at(-1)
    const part: ArticlePart = { role: view.block.role, text: view.text, blocks: [ref(page, view)] }
    const turned = isTurn && view.block.role === 'paragraph' ? lastParagraph(parts) : undefined
    if (turned !== undefined && isOpen(parts[turned]!.text)) parts[turned] = mergeParts(parts[turned]!, part)
    else if (last && last.role === part.role && joins(part.role) && last.blocks[0]!.page === page && !isTurn)
      parts[parts.length - 1] = mergeParts(last, part)
    else if (last?.role === 'table' && part.role === 'table' && before?.box && view.box)
      parts[parts.length - 1] = appendCell(last, part, standInRow(before.box, view.box) ? '\t' : '\n')
    else parts.push(part)
    before = view
    if (view.block.role === 'paragraph') isTurn = false
  }
  return parts
}

const joins = (role: TextRole): boolean => role === 'heading' || role === 'kicker' || role === 'deck'

function mergeParts(a: ArticlePart, b: ArticlePart): ArticlePart {
  const glue = a.role === 'paragraph' ? lineGlue(a.text, b.text, /\p{Script=Han}/u.test(a.text)) : ' '
  return { role: a.role, text: a.text + glue + b.text, blocks: [...a.blocks, ...b.blocks] }
}

/** A table that was read cell by cell: cells of a row between tabs, rows between line ends. */
function appendCell(table: ArticlePart, cell: ArticlePart, glue: '\t' | '\n'): ArticlePart {
  return { role: 'table', text: table.text + glue + cell.text, blocks: [...table.blocks, ...cell.blocks] }
}

function standInRow(a: Box, b: Box): boolean {
  return Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 0.5 * Math.min(a.height, b.height) && b.x >= a.x + a.width
}

function lastParagraph(parts: readonly ArticlePart[]): number | undefined {
  const index = parts.findLastIndex((part) => part.role === 'paragraph')
  return index < 0 ? undefined : index
}

/** Whether a paragraph ends in the middle of a sentence. */
export function isOpen(text: string): boolean {
  return !/[。！？…!?.;；:：][”’"'」』）)》\]]*\s*$/.test(text.slice(-12))
}

function headOf(parts: readonly ArticlePart[]): { kicker?: string; heading?: string; deck?: string } {
  const texts = (role: TextRole): string[] => parts.filter((part) => part.role === role).map((part) => part.text)
  const [kicker, heading] = [texts('kicker')[0], texts('heading')[0]]
  const deck = texts('deck').join(' ')
  return { ...(kicker ? { kicker } : {}), ...(heading ? { heading } : {}), ...(deck ? { deck } : {}) }
}

function creditsOf(parts: readonly ArticlePart[], fromDateline: readonly Credit[]): Credit[] {
  const printed = parts.flatMap((part, index) => {
    if (part.role === 'credit') return creditsOfRun(parts, index)
    return part.role === 'caption' ? captionCredits(part.text) : part.role === 'paragraph' ? closingCredits(part.text) : []
  })
  const seen = new Set<string>()
  return [...fromDateline, ...printed, ...signedBy(parts)].filter(({ role, name }) => {
    const key = `${role} ${name}`
    return !seen.has(key) && Boolean(seen.add(key))
  })
}

/** The names in a credit; where the end of a line cut it in two, of both lines together. */
function creditsOfRun(parts: readonly ArticlePart[], index: number): Credit[] {
  const [before, part, next] = [parts[index - 1], parts[index]!, parts[index + 1]]
  if (before?.role === 'credit' && isCut(before.text, part.text)) return []
  return next?.role === 'credit' && isCut(part.text, next.text) ? parseCredits(part.text + next.text) : namesIn(part.text)
}

function isCut(first: string, second: string): boolean {
  return parseCredits(first).length === 0 && parseCredits(first + second).length > 0
}

/** Named in brackets at the end of a paragraph: `……今起启用。（记者 张三）`. */
function closingCredits(text: string): Credit[] {
  const bracket = /[（(]([^（）()]{2,40})[）)]\s*$/.exec(text.slice(-44))
  return bracket ? parseCredits(bracket[1]!) : []
}

/** Whose names stand bare, or in brackets, behind the last sentence of the article. */
function signedBy(parts: readonly ArticlePart[]): Credit[] {
  const last = parts.findLast((part) => part.role === 'paragraph')
  const names = last ? (parseSignature(last.text)?.names ?? []) : []
  return names.filter((name) => name.length > 1).map((name) => ({ role: 'author', name }))
}

function namesIn(text: string): Credit[] {
  const credits = parseCredits(text)
  return credits.length > 0 ? credits : loneNameCredits(text)
}

/** The photographer named behind a caption: `… 记者 岑默 摄`. */
function captionCredits(text: string): Credit[] {
  const tail = /(?:[。）)\s]|^)((?:[\p{Script=Han}]{0,12}?(?:记者|通讯员|記者)\s?)?[\p{Script=Han}\s]{2,14}(?:摄|供图|攝))[）)]?$/u.exec(
    text.slice(-40)
  )
  return tail ? parseCredits(tail[1]!.trim()) : []
}
