import { portable } from '../portable.ts'

export type XmlAttributes = Readonly<Record<string, string | number | boolean | undefined>>

/** Writes an XML document element by element; everything given as text or value is escaped. */
export interface XmlWriter {
  /** Opens an element whose content is elements: they are set on lines of their own. */
  readonly open: (name: string, attributes?: XmlAttributes) => void
  /** Opens an element whose content is text and elements: no blank is added inside. */
  readonly openMixed: (name: string, attributes?: XmlAttributes) => void
  readonly close: () => void
  /** An element with nothing in it but `text`. */
  readonly element: (name: string, attributes?: XmlAttributes, text?: string) => void
  readonly text: (text: string) => void
  /** What was written since the last time: the document can be had piece by piece. */
  readonly take: () => string
  /** The document, or what is left of it; all elements must be closed. */
  readonly finish: () => string
}

interface Level {
  readonly name: string
  readonly mixed: boolean
}

export function createXmlWriter(prolog = ''): XmlWriter {
  let out: string[] = ['<?xml version="1.0" encoding="UTF-8"?>', prolog === '' ? '' : `\n${prolog}`]
  const stack: Level[] = []
  const breakLine = (): void => {
    if (!stack.at(-1)?.mixed) out.push(`\n${'  '.repeat(stack.length)}`)
  }
  const start = (name: string, attributes: XmlAttributes, mixed: boolean): void => {
    breakLine()
    out.push(`<${name}${writeAttributes(attributes)}>`)
    stack.push({ name, mixed: mixed || (stack.at(-1)?.mixed ?? false) })
  }
  return {
    open: (name, attributes = {}) => start(name, attributes, false),
    openMixed: (name, attributes = {}) => start(name, attributes, true),
    close: () => {
      const level = stack.pop()
      if (!level) throw new Error('Expected an open element to close but there is none')
      if (!level.mixed) breakLine()
      out.push(`</${level.name}>`)
    },
    element: (name, attributes = {}, text) => {
      breakLine()
      const tag = `${name}${writeAttributes(attributes)}`
      out.push(text === undefined || text === '' ? `<${tag}/>` : `<${tag}>${escapeText(text)}</${name}>`)
    },
    text: (text) => {
      out.push(escapeText(text))
    },
    take: () => {
      const piece = out.join('')
      out = []
      return piece
    },
    finish: () => {
      if (stack.length > 0) throw new Error(`Expected a finished document but <${stack.at(-1)!.name}> is open`)
      return `${out.join('')}\n`
    }
  }
}

function writeAttributes(attributes: XmlAttributes): string {
  let text = ''
  for (const name in attributes) {
    const value = attributes[name]
    if (value !== undefined) text += ` ${name}="${escapeAttribute(String(value))}"`
  }
  return text
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;'
}

function escapeText(text: string): string {
  return portable(text).replace(/[&<>\r]/g, (char) => references[char]!)
}

/** A raw tab or line end in an attribute would be read back as a blank. */
function escapeAttribute(text: string): string {
  return portable(text).replace(/[&<>"\t\n\r]/g, (char) => references[char]!)
}

/** An id as XML wants it (NCName, ASCII): every other character becomes `_xHEX_`. One to one. */
export function xmlId(id: string): string {
  const plain = id.replace(/[^A-Za-z0-9_.-]|_(?=x[0-9a-f]+_)|^_(?=[0-9.-]|$)/gu, (char) => `_x${char.codePointAt(0)!.toString(16)}_`)
  return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`
}

/** Gives out ids of one document, each only once. */
export function createIds(): (wanted: string) => string {
  const taken = new Set<string>()
  return (wanted) => {
    const base = xmlId(wanted)
    let id = base
    for (let number = 2; taken.has(id); number++) id = `${base}_${number}`
    taken.add(id)
    return id
  }
}
