import { createHash } from 'node:crypto'
import type { Box, Page } from '@broadsheet/document'
import { decodeGrey, type ImageHeader, readHeaders, withoutMetadata } from './image/decode.ts'
import type { GreyImage } from './image/grey.ts'
import { defaultLimits, type ScanLimits } from './image/limits.ts'
import { asPositive } from './image/negative.ts'
import { type Orientation, orientGrey, swapsSides } from './image/orientation.ts'
import { ScanError } from './image/scan-error.ts'
import { brokenSheet, type DecodedSheet } from './image/sheet.ts'
import { type FileType, sniffType } from './image/sniff.ts'
import { findFold, hasShapeOfTwo } from './layout/fold.ts'
import { openJp2, openPdf } from './sources/index.ts'
import { type PageSheet, splitSheet } from './split.ts'

/** One sheet of a scan file, or one of the two pages on it, ready to be read. Width and height are those of the archival image as stored. */
export interface Scan {
  /** The file's name, no path. */
  readonly name: string
  /** Which sheet of the file, from 0, and how many there are. */
  readonly sheet: number
  readonly sheets: number
  readonly format: FileType
  readonly width: number
  readonly height: number
  /** The part of the archival image that is this page, where the sheet was scanned across its fold and holds two. */
  readonly crop?: Box
  /** The other page of such a sheet. Where both turn out to lie upside down, each is read in the other's place. */
  readonly facing?: () => Scan
  /** As the file states it; absent when it states none or an absurd one. */
  readonly dpi?: number
  /** Of the file's bytes, lower-case hex. */
  readonly sha256: string
  /** How the stored picture is turned to stand upright. */
  readonly orientation: Orientation
  /** What the file itself says the sheet reads (a PDF's text layer). */
  readonly text?: Page
  /**
   * The page as grey, upright, dark on light: a negative comes inverted. Decoded anew at every call but the first, so that nothing large is kept.
   * @throws ScanError when the picture is damaged.
   */
  readonly readGrey: () => Promise<GreyImage>
}

export interface OpenScanOptions {
  readonly limits?: Partial<ScanLimits>
  /**
   * `auto`: a sheet scanned across its fold comes as two scans of the same `sheet`, each with its `crop`, in the order in which they
   * are read. `never` (the default): every scan is a whole sheet, and scan i is sheet i.
   */
  readonly split?: 'auto' | 'never'
}

/**
 * Opens a scan by its content, whatever its name: PNG, JPEG, WebP, TIFF (every sheet of it), JPEG 2000, PDF.
 * Sizes are checked before anything is decoded; a file of one sheet is decoded here, so that a truncated one is refused here.
 * Of a file of many sheets one may be damaged: it comes as a scan without a size whose `readGrey` says so.
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
  const scans: Scan[] = []
  for (const [index, sheet] of sheets.entries()) {
    const pages = await pagesOf(toPageSheet(sheet), sheets.length === 1, options?.split === 'auto')
    scans.push(...facingEachOther(pages.map((page) => toScan(page, { ...file, sheet: index }))))
  }
  return scans
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
    return headers.map((header) => {
      if (header instanceof ScanError) return brokenSheet(header)
      return imageSheet(lean, header, place, headers.length)
    })
  }
}

function imageSheet(bytes: Uint8Array, header: ImageHeader, file: string, among: number): OpenSheet {
  const { width, height, dpi, orientation } = header
  const place = among > 1 ? `${file} (sheet ${header.index + 1})` : file
  return { width, height, ...(dpi ? { dpi } : {}), orientation, decode: () => decodeGrey(bytes, header, place, among) }
}

function toPageSheet({ decode, orientation = 1, ...sheet }: OpenSheet): PageSheet {
  return { ...sheet, orientation, readUpright: async () => asPositive(orientGrey(await decode(), orientation)) }
}

/**
 * The sheet, or its two pages. The only sheet of a file is decoded and kept until it is asked for; of many, those that may hold two
 * pages are decoded and let go, and one that cannot be decoded is one page: whoever reads it learns why.
 */
async function pagesOf(sheet: PageSheet, single: boolean, split: boolean): Promise<PageSheet[]> {
  const { width, height } = sheet
  const asked = split && hasShapeOfTwo(swapsSides(sheet.orientation) ? { width: height, height: width } : sheet)
  if (!single && !asked) return [sheet]
  const grey = single ? await sheet.readUpright() : await sheet.readUpright().catch(() => undefined)
  if (!grey) return [sheet]
  const fold = asked ? findFold(grey) : undefined
  const known = single ? { ...sheet, readUpright: startingWith(grey, sheet.readUpright) } : sheet
  return fold ? splitSheet(known, grey, fold) : [known]
}

/** A reader whose first answer is there already. */
function startingWith(first: GreyImage, read: () => Promise<GreyImage>): () => Promise<GreyImage> {
  let waiting: GreyImage | undefined = first
  return async () => {
    const grey = waiting ?? (await read())
    waiting = undefined
    return grey
  }
}

function toScan(page: PageSheet, file: Pick<Scan, 'name' | 'sheet' | 'sheets' | 'format' | 'sha256'>): Scan {
  const { width, height, crop, text, orientation } = page
  return {
    ...file,
    width,
    height,
    ...(crop ? { crop } : {}),
    ...(plausibleDpi(page) ? { dpi: page.dpi! } : {}),
    orientation,
    ...(text ? { text } : {}),
    readGrey: page.readUpright
  }
}

/** The two pages of a sheet, each knowing the other. */
function facingEachOther(scans: readonly Scan[]): readonly Scan[] {
  if (scans.length !== 2) return scans
  const both: readonly Scan[] = scans.map((scan, index) => ({ ...scan, facing: () => both[1 - index]! }))
  return both
}

/** Programs write 72 or 96 where they do not know, and a newspaper page is between a hand and an arm-span high. */
function plausibleDpi(sheet: Pick<DecodedSheet, 'width' | 'height' | 'dpi'>): boolean {
  if (!sheet.dpi || sheet.dpi < 100 || sheet.dpi > 2400) return false
  const inches = Math.max(sheet.width, sheet.height) / sheet.dpi
  return inches > 2 && inches < 60
}

function printable(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '�')
}
