import { isEastAsian, type Line, type Page, type Problem, type TextRegion } from '@broadsheet/document'
import { decodeText } from './decode.ts'
import { groupWrapped } from './hard-wrap.ts'
import { readingStep } from './step.ts'

export interface ReadTextOptions {
  /** The page's id. */
  readonly id: string
  /** BCP 47. */
  readonly language?: string
  /** WHATWG name, where it is known: `gb18030`. A byte order mark goes before it. */
  readonly encoding?: string
}

/** A printed line of the file with its 1-based number there. */
export interface TextLine {
  readonly number: number
  readonly text: string
  /** In ems. */
  readonly indent: number
  /** In half-width columns, indent included. */
  readonly columns: number
}

/**
 * A page that exists only as text. Each line that holds anything is a region, named by its 1-based number in the file: `r57`.
 * In files broken at a fixed width the lines of a paragraph are one region, named by the first.
 *
 * Blank lines only separate; blanks round a line are dropped, those before it kept as `indent`.
 *
 * @throws ReadError when the bytes are not text; TypeError when the stated encoding is unknown.
 */
export function readText(bytes: Uint8Array, options: ReadTextOptions): { page: Page; problems: Problem[] } {
  const { text, encoding, problems: found } = decodeText(bytes, options.encoding)
  const problems = [...found, ...problemsOf(text)]
  const groups = paragraphGroups(splitLines(text))
  const wrapped = groupWrapped(groups)
  const regions = (wrapped ?? groups.flatMap((group) => group.map((line) => [line]))).map(toRegion)
  if (regions.length === 0) problems.push({ message: 'The file holds no text' })
  const page: Page = {
    id: options.id,
    ...(options.language ? { language: options.language } : {}),
    regions,
    processing: [readingStep('text', { encoding, hardWrapped: wrapped !== undefined })],
    ...(problems.length > 0 ? { problems } : {})
  }
  return { page, problems }
}

function splitLines(text: string): TextLine[] {
  return text.split(/\r\n|\n|\r/).map((line, index) => {
    const trimmed = line.trim()
    const indent = trimmed === '' ? 0 : indentOf(line)
    return { number: index + 1, text: trimmed, indent, columns: Math.round(indent * 2) + columnsOf(trimmed) }
  })
}

const blankEms: Readonly<Record<string, number>> = { '\u3000': 1, '\u2003': 1, '\t': 2, '\ufeff': 0, '\u200b': 0 }

function indentOf(line: string): number {
  let ems = 0
  for (const char of line) {
    if (char.trim() !== '') break
    ems += blankEms[char] ?? 0.5
  }
  return ems
}

function columnsOf(text: string): number {
  let columns = 0
  for (const char of text) columns += isEastAsian(char) ? 2 : 1
  return columns
}

/** Runs of lines between blank ones. */
function paragraphGroups(lines: readonly TextLine[]): TextLine[][] {
  const groups: TextLine[][] = []
  let open = false
  for (const line of lines) {
    if (line.text === '') open = false
    else if (open) groups[groups.length - 1]!.push(line)
    else {
      groups.push([line])
      open = true
    }
  }
  return groups
}

function toRegion(lines: readonly TextLine[]): TextRegion {
  return { type: 'text', id: `r${lines[0]!.number}`, role: 'paragraph', lines: lines.map(toLine) }
}

function toLine({ number, text, indent }: TextLine): Line {
  return indent > 0 ? { id: `l${number}`, text, indent } : { id: `l${number}`, text }
}

function problemsOf(text: string): Problem[] {
  let controls = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09 && code !== 0x0c) controls++
  }
  return controls > 0 ? [{ message: `The file holds ${controls} control characters; they are kept as they stand` }] : []
}
