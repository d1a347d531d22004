import type { Problem } from '@broadsheet/document'
import { SaxesParser } from 'saxes'

/** An element of an XML file, with its name's prefix left out: `TextLine`, `Coords`. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  /** Character data right inside it. */
  readonly text: string
  /** `xmlns` in force on the root; '' elsewhere. */
  readonly namespace: string
}

export interface ParsedXml {
  /** Absent when the file was refused or holds no element. */
  readonly root?: Element
  readonly problems: readonly Problem[]
}

const deepest = 200
const longest = 100_000_000
const mostProblems = 20

interface OpenElement {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: Element[]
  readonly namespace: string
  text: string
}

/** HTML's own names for characters that hOCR files use; XML's five are known to the parser. */
const htmlEntities: Readonly<Record<string, string>> = { nbsp: '\u00a0', mdash: '—', ndash: '–', hellip: '…', shy: '\u00ad', copy: '©' }

/**
 * Parses XML that need not be quite valid: what is wrong is said and the rest is read. Entities are never resolved, nothing outside
 * the file is ever looked at.
 *
 * @param options.html accept a document type that defines nothing, HTML's entities, and names in any case
 */
export function parseXml(text: string, options: { readonly html?: boolean } = {}): ParsedXml {
  const problems: Problem[] = []
  if (text.length > longest) return { problems: [{ message: `The file is larger than ${longest / 1e6} million characters` }] }
  const parser = new SaxesParser({ fragment: false })
  if (options.html) Object.assign(parser.ENTITIES, htmlEntities)
  const open: OpenElement[] = []
  let root: Element | undefined
  parser.on('error', (error) => {
    if (problems.length < mostProblems) problems.push({ message: `Not well-formed: ${error.message.replace(/\s+/g, ' ')}` })
  })
  parser.on('doctype', (doctype) => {
    if (!options.html || doctype.includes('[')) throw new Refusal('The file has a document type definition, which is not read: remove it')
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length >= deepest) throw new Refusal(`Elements are nested deeper than ${deepest}`)
    const values = plainAttributes(attributes as Record<string, string>)
    open.push({
      name: localName(name, options.html),
      attributes: values,
      children: [],
      text: '',
      namespace: namespaceOf(attributes as Record<string, string>)
    })
  })
  parser.on('text', (data) => {
    const last = open[open.length - 1]
    if (last) last.text += data
  })
  parser.on('cdata', (data) => {
    const last = open[open.length - 1]
    if (last) last.text += data
  })
  parser.on('closetag', () => {
    const element = open.pop()
    if (!element) return
    const parent = open[open.length - 1]
    if (parent) parent.children.push(element)
    else root ??= element
  })
  try {
    parser.write(text.startsWith('\ufeff') ? text.slice(1) : text).close()
  } catch (error) {
    problems.push({ message: error instanceof Error ? error.message : String(error) })
    if (error instanceof Refusal) return { problems }
  }
  // What was still open at the end of a cut-off file is closed there.
  while (open.length > 0) {
    const element = open.pop()!
    if (open.length > 0) open[open.length - 1]!.children.push(element)
    else root ??= element
  }
  return root ? { root, problems } : { problems: [...problems, { message: 'The file holds no XML element' }] }
}

class Refusal extends Error {}

function localName(name: string, html: boolean | undefined): string {
  const local = name.slice(name.indexOf(':') + 1)
  return html ? local.toLowerCase() : local
}

function plainAttributes(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const plain: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [name, value] of Object.entries(attributes)) plain[name.slice(name.indexOf(':') + 1)] = value
  return plain
}

function namespaceOf(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes).find(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))?.[1] ?? ''
}

/** The children with one of these names. */
export function childrenOf(element: Element | undefined, ...names: readonly string[]): Element[] {
  return element ? element.children.filter((child) => names.includes(child.name)) : []
}

export function childOf(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((child) => child.name === name)
}

/** All elements with this name, however deep, in document order. */
export function descendants(element: Element, name: string): Element[] {
  const found: Element[] = []
  for (const child of element.children) {
    if (child.name === name) found.push(child)
    found.push(...descendants(child, name))
  }
  return found
}

/** A finite number from an attribute; undefined when there is none. */
export function numberOf(element: Element, name: string): number | undefined {
  const value = element.attributes[name]
  if (value === undefined || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}
