import { type Block, blockText, type Page, rawText, type TextRole, textRegions } from '@broadsheet/document'

/** What a page really says, as somebody has established it. */
export interface Truth {
  readonly id: string
  /** In reading order. */
  readonly blocks: readonly TruthBlock[]
  /** How finely the source tells roles: not at all, headings from the rest, as PAGE-XML does, or as we do. */
  readonly roles: RoleDetail
}

export type RoleDetail = 'none' | 'headings' | 'page' | 'all'

/** A paragraph, a heading, a caption: text that is one. */
export interface TruthBlock {
  readonly text: string
  readonly role?: TextRole
  /** Blocks of one article bear the same name. */
  readonly article?: string
}

/** The blocks as one text, a line each. */
export function truthText(truth: Truth): string {
  return truth.blocks.map((block) => block.text).join('\n')
}

/** A page of any format as the truth: its regions are the blocks. */
export function truthOfPage(page: Page, roles: RoleDetail): Truth {
  const blocks = textRegions(page).map((region) => ({ text: rawText(region), role: region.role }))
  return { id: page.id, blocks: blocks.filter((block) => block.text !== ''), roles }
}

/** Clean blocks of a page as the truth, with the articles they belong to. */
export function truthOfBlocks(
  id: string,
  blocks: readonly Block[],
  articleOf: (block: string) => string | undefined = () => undefined
): Truth {
  return {
    id,
    roles: 'all',
    blocks: blocks.flatMap((block) => {
      const text = blockText(block)
      const article = articleOf(block.id)
      return text === '' ? [] : [{ text, role: block.role, ...(article === undefined ? {} : { article }) }]
    })
  }
}

/**
 * A page written down as Markdown: front matter and comments are left out, a heading of the highest level begins an article,
 * emphasis and links count as their text. Line ends inside a paragraph are blanks, or nothing between Han characters.
 */
export function truthOfMarkdown(id: string, markdown: string): Truth {
  const parts = markdown
    .replace(/^\ufeff?---\n[\s\S]*?\n---(?:\n|$)/, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/\r\n?/g, '\n')
    .split(/\n(?:[ \t]*\n)+|\n(?=#{1,6} )|(?<=^#{1,6} [^\n]*)\n/m)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !/^(?:\[[^\]\n]*\]: |[-*_]{3,}$|!\[[^\]\n]*\]\([^)\n]*\)$)/.test(part))
  const top = Math.min(...parts.map(depthOf).filter((depth) => depth > 0))
  let article = 0
  const blocks = parts.flatMap((part): TruthBlock[] => {
    const depth = depthOf(part)
    if (depth === top) article++
    const text = plainText(part)
    const role: TextRole = depth > 0 ? 'heading' : 'paragraph'
    return text === '' ? [] : [{ text, role, ...(article > 0 ? { article: String(article) } : {}) }]
  })
  return { id, blocks, roles: Number.isFinite(top) ? 'headings' : 'none' }
}

function depthOf(part: string): number {
  return /^#{1,6}(?= )/.exec(part)?.[0].length ?? 0
}

const solid = '[\\p{Script=Han}\\u3000-\\u303f\\uff00-\\uffef]'
const brokenLine = new RegExp(`(?<=${solid})\\n(?=${solid})`, 'gu')

const marks: readonly (readonly [RegExp, string])[] = [
  [/^#{1,6} +/, ''],
  [/^(?:> ?)+/gm, ''],
  [/^\s*(?:[-*+]|\d{1,3}\.) +/gm, ''],
  [/^\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$/gm, ''],
  [/ *\| */g, ' '],
  [/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1'],
  [/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, '$2'],
  [/\*(?=\S)([^*\n]*\S)\*/g, '$1'],
  [/ {2,}$|\\$/gm, ''],
  [brokenLine, ''],
  [/\s*\n\s*/g, ' '],
  [/\\([!-/:-@[-`{-~])/g, '$1']
]

function plainText(part: string): string {
  return marks.reduce((text, [mark, plain]) => text.replace(mark, plain), part).trim()
}
