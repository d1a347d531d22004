import { createHash } from 'node:crypto'
import type { Page } from '@broadsheet/document'
import { decodeGrey, type ImageHeader, readHeaders, withoutMetadata } from './image/decode.ts'
import type { GreyImage } from './image/grey.ts'
import { defaultLimits, type ScanLimits } from './image/limits.ts'
import { type Orientation, orientGrey } from './image/orientation.ts'
import { ScanError } from './image/scan-error.ts'
import type { DecodedSheet } from './image/sheet.ts'
import { type FileType, sniffType } from './image/sniff.ts'
import { openJp2, openPdf } from './sources/index.ts'

/** One sheet of a scan file, ready to be read. Width and height are those of the archival image as it is stored. */
export interface Scan {
  /** The file's name, no path. */
  readonly name: string
  /** Which sheet of the file, from 0, and how many there are. */
  readonly sheet: number
  readonly sheets: number
  readonly format: FileType
  readonly width: number
  readonly height: number
  /** As the file states it; absent when it states none or an absurd one. */
  readonly dpi?: number
  /** Of the file's bytes, lower-case hex. */
  readonly sha256: string
  /** How the stored picture is turned to stand upright. */
  readonly orientation: Orientation
  /** What the file itself says the sheet reads (a PDF's text layer). */
  readonly text?: Page
  /**
   * The sheet as grey, upright. Decoded anew at every call but the first, so that nothing large is kept.
   * @throws ScanError when the picture is damaged.
   */
  readonly readGrey: () => Promise<GreyImage>
}

export interface OpenScanOptions {
  readonly limits?: Partial<ScanLimits>
}

/**
 * Opens a scan by its content, whatever its name: PNG, JPEG, WebP, TIFF (every sheet of it), JPEG 2000, PDF.
 * Sizes are checked before anything is decoded; a file of one sheet is decoded here, so that a truncated one is refused here.
 *
 * @param name the file's name, for messages and `PageImage.href`
 * @throws ScanError with one line that says what is wrong and what to do
 */
export async function openScan(bytes: Uint8Array, name: string, options?: OpenScanOptions): Promise<Scan[]> {
  const limits = { ...defaultLimits, ...options?.limits }
  const format = sniffType(bytes)
  const open = openers[format]
  if (!open) throw new ScanError(`${printable(name)} ${refusals[format] ?? refusals.unknown}`)
  const sheets = await open(bytes, printable(name), limits)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const file = { name, sheets: sheets.length, format, sha256 }
  const ready = sheets.length === 1 ? await decodeUpright(sheets[0]!) : undefined
  return sheets.map((sheet, index) => toScan(sheet, { ...file, sheet: index }, ready))
}

type OpenSheet = DecodedSheet & { readonly orientation?: Orientation }
type Opener = (bytes: Uint8Array, place: string, limits: ScanLimits) => Promise<OpenSheet[]>

const openers: Partial<Record<FileType, Opener>> = {
  png: openImage('png'),
  jpeg: openImage('jpeg'),
  webp: openImage('webp'),
  tiff: openImage('tiff'),
  jp2: openJp2,
  pdf: openPdf
}

const refusals: Partial<Record<FileType, string>> & { unknown: string } = {
  empty: 'is empty: copy it again from its source',
  svg: 'is an SVG drawing, not a scan: save it as PNG or TIFF',
  gif: 'is a GIF: save it as PNG or TIFF',
  heif: 'is a HEIF or AVIF photograph: save it as JPEG or TIFF',
  bmp: 'is a BMP: save it as PNG or TIFF',
  zip: 'is a zip archive: unpack it first',
  text: 'is a text, not a picture: name it .txt when it is OCR text',
  unknown: 'is no PNG, JPEG, WebP, TIFF, JPEG 2000 or PDF: save the scan as one of these'
}

function openImage(format: 'png' | 'jpeg' | 'webp' | 'tiff'): Opener {
  return async (bytes, place, limits) => {
    const lean = withoutMetadata(bytes, format, place)
    const headers = await readHeaders(lean, format, place, limits)
    return headers.map((header) => imageSheet(lean, header, headers.length > 1 ? `${place} (sheet ${header.index + 1})` : place))
  }
}

function imageSheet(bytes: Uint8Array, header: ImageHeader, place: string): OpenSheet {
  const { width, height, dpi, orientation } = header
  return { width, height, ...(dpi ? { dpi } : {}), orientation, decode: () => decodeGrey(bytes, header, place) }
}

function toScan(sheet: OpenSheet, file: Pick<Scan, 'name' | 'sheet' | 'sheets' | 'format' | 'sha256'>, ready?: GreyImage): Scan {
  let waiting = ready
  return {
    ...file,
    width: sheet.width,
    height: sheet.height,
    ...(plausibleDpi(sheet) ? { dpi: sheet.dpi! } : {}),
    orientation: sheet.orientation ?? 1,
    ...(sheet.text ? { text: sheet.text } : {}),
    readGrey: async () => {
      const grey = waiting ?? (await decodeUpright(sheet))
      waiting = undefined
      return grey
    }
  }
}

async function decodeUpright(sheet: OpenSheet): Promise<GreyImage> {
  return orientGrey(await sheet.decode(), sheet.orientation ?? 1)
}

/** Programs write 72 or 96 where they do not know, and a newspaper page is between a hand and an arm-span high. */
function plausibleDpi(sheet: DecodedSheet): boolean {
  if (!sheet.dpi || sheet.dpi < 100 || sheet.dpi > 2400) return false
  const inches = Math.max(sheet.width, sheet.height) / sheet.dpi
  return inches > 2 && inches < 60
}

function printable(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '�')
}
