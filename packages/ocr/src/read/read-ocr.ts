import type { PageImage } from '@broadsheet/document'
import { readAlto } from './alto.ts'
import { decodeText } from './decode.ts'
import { readHocr } from './hocr.ts'
import { parseJson } from './json-values.ts'
import { isMineruJson, readMineruJson } from './mineru-json.ts'
import { isPaddleJson, readPaddleJson } from './paddle-json.ts'
import { nothingRead, type ReadResult } from './page-parts.ts'
import { readPageXml } from './page-xml.ts'
import { readText } from './text.ts'

export type OcrFormat = 'text' | 'alto' | 'page-xml' | 'hocr' | 'paddle-json' | 'mineru-json' | 'unknown'

export interface ReadOcrOptions {
  /** Id of the (first) page. */
  readonly id: string
  /** The file's name, for what its content does not tell. */
  readonly name?: string
  /** BCP 47; for text files. */
  readonly language?: string
  /** WHATWG name; for text files. */
  readonly encoding?: string
  /** The scan, where it is at hand. */
  readonly image?: PageImage
}

/**
 * Reads a file of existing OCR by its content, whatever its name: ALTO, PAGE-XML, hOCR, PaddleOCR's and MinerU's JSON, plain text.
 *
 * @throws ReadError when the bytes are no text at all.
 */
export function readOcr(bytes: Uint8Array, options: ReadOcrOptions): ReadResult & { readonly format: OcrFormat } {
  const text = decodeText(bytes, options.encoding).text
  const format = formatOf(text)
  if (format === 'unknown')
    return {
      ...nothingRead([{ message: refusals[rootName(text.slice(0, 100_000)) ?? ''] ?? unknownKind }]),
      format
    }
  if (format === 'text') {
    const { page, problems } = readText(bytes, options)
    return { pages: [page], problems, format }
  }
  const result = readers[format](text, options)
  const { language } = options
  const pages = language ? result.pages.map((page) => (page.language ? page : { ...page, language })) : result.pages
  return { ...result, pages, format }
}

const unknownKind = 'The file is XML or JSON of a kind that is not known: ALTO, PAGE-XML, hOCR, PaddleOCR and MinerU are'

/** Files that lie beside OCR and hold none that is read here, by their root. */
const refusals: Readonly<Record<string, string>> = {
  mets: 'The file is METS, which lists the files of an issue: give the ALTO files it names',
  document: 'The file is ABBYY FineReader XML, or another <document>: export ALTO from it',
  tei: 'The file is TEI, an edition and no OCR: give ALTO, PAGE-XML or hOCR'
}

const readers = {
  alto: readAlto,
  'page-xml': readPageXml,
  hocr: readHocr,
  'paddle-json': readPaddleJson,
  'mineru-json': readMineruJson
} as const

const roots: Readonly<Record<string, OcrFormat>> = { alto: 'alto', pcgts: 'page-xml', html: 'hocr' }

function formatOf(text: string): OcrFormat {
  const start = text.slice(0, 100_000).trimStart()
  if (start.startsWith('<')) {
    const root = rootName(start)
    return roots[root ?? ''] ?? (root !== undefined && text.toLowerCase().includes(`${root}>`, start.length / 2) ? 'unknown' : 'text')
  }
  if (!start.startsWith('{') && !start.startsWith('[')) return 'text'
  const { value } = parseJson(text)
  if (value === undefined) return 'text'
  return isPaddleJson(value) ? 'paddle-json' : isMineruJson(value) ? 'mineru-json' : 'unknown'
}

const prologues: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<!', '>']
]

/** Where a prologue ends. A document type may hold declarations of its own in brackets, each with a `>`. */
function endOf(text: string, at: number, mark: string): number {
  const end = text.indexOf(mark, at)
  const bracket = text.indexOf('[', at)
  return mark === '>' && bracket !== -1 && bracket < end ? text.indexOf(mark, Math.max(end, text.indexOf(']', bracket))) : end
}

/** The local name of the first element, in lower case; undefined when the text does not begin as XML does. */
function rootName(text: string): string | undefined {
  let at = 0
  for (;;) {
    while (at < text.length && text[at]!.trim() === '') at++
    const prologue = prologues.find(([start]) => text.startsWith(start, at))
    if (!prologue) break
    const end = endOf(text, at, prologue[1])
    if (end === -1) return undefined
    at = end + prologue[1].length
  }
  return /^<(?:[\w.-]{1,100}:)?([a-z]\w{0,100})[\s/>]/i.exec(text.slice(at, at + 300))?.[1]?.toLowerCase()
}
