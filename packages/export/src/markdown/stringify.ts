import type { Root } from 'mdast'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkStringify, { type Options } from 'remark-stringify'
import { unified } from 'unified'
import { flavors, type MarkdownFlavor } from './flavor.ts'

type Handlers = NonNullable<Options['handlers']>
type TextHandler = NonNullable<Handlers['text']>

// Signs that mean something to one of the programs our files are dropped into, though not to CommonMark: tags, highlights,
// comments and formulas (Obsidian), emoji and containers (VitePress, GitHub).
const phrasing = { inConstruct: 'phrasing' as const, notInConstruct: ['destinationRaw' as const, 'titleQuote' as const] }
const unsafe: NonNullable<Options['unsafe']> = [
  { character: '#', before: '(?<![^\\s\\u3000])', after: '(?=[^\\s#])', ...phrasing },
  { character: '=', after: '(?==)', ...phrasing },
  { character: '%', after: '(?=%)', ...phrasing },
  { character: ':', before: '(?<![A-Za-z0-9])', after: '(?=[a-z0-9_+:-])', ...phrasing },
  { character: '$', ...phrasing },
  { character: '^', ...phrasing },
  { character: '~', ...phrasing }
]

// Linkify (VitePress) makes links of bare domains.
const linkify: NonNullable<Options['unsafe']> = [
  { character: '.', before: '(?<=[A-Za-z0-9])', after: '(?=[A-Za-z])', ...phrasing },
  { character: '@', ...phrasing }
]

const processors = new Map<MarkdownFlavor, (tree: Root) => string>()

/**
 * Markdown of a tree. Text nodes come back as the same text from any CommonMark or GFM reader, and start nothing in
 * Hugo, Jekyll, VitePress or Obsidian either. A line end inside a text node is written as a reference, never as a soft break.
 */
export function stringifyMarkdown(tree: Root, flavor: MarkdownFlavor): string {
  let stringify = processors.get(flavor)
  if (!stringify) {
    stringify = createProcessor(flavor)
    processors.set(flavor, stringify)
  }
  return stringify(tree)
}

function createProcessor(flavor: MarkdownFlavor): (tree: Root) => string {
  const { mustache } = flavors[flavor]
  const options: Options = {
    bullet: '-',
    rule: '-',
    listItemIndent: 'one',
    tightDefinitions: true,
    unsafe: mustache ? [...unsafe, ...linkify] : unsafe,
    handlers: { text: textHandler(mustache) }
  }
  const processor = unified().use(remarkFrontmatter).use(remarkGfm).use(remarkStringify, options).freeze()
  return (tree) => processor.stringify(tree)
}

/**
 * As remark's own, but what is code to a template engine that runs before Markdown is written as a character reference:
 * `{` (Hugo's shortcodes, Jekyll's tags, attribute lists) and `<` (Hugo's `<!--more-->`). Vue looks for `{{` after
 * Markdown, where only `v-pre` helps.
 */
function textHandler(mustache: boolean): TextHandler {
  return (node, parent, state, info) => {
    const siblings = parent ? parent.children : []
    const index = state.indexStack[state.indexStack.length - 1] ?? 0
    const safe = state.safe(node.value, { ...info, afterNode: siblings[index + 1], beforeNode: siblings[index - 1] })
    const written = safe.replace(/\\([\s\S])|[<{\n\r]/g, (whole, escaped: string | undefined) => {
      if (escaped !== undefined && escaped !== '<') return whole
      return references[escaped ?? whole]!
    })
    return mustache ? written.replace(/(?:&#x7B;){2,}/g, '<span v-pre>$&</span>') : written
  }
}

const references: Readonly<Record<string, string>> = { '<': '&lt;', '{': '&#x7B;', '\n': '&#xA;', '\r': '&#xD;' }
