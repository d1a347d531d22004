import type { GreyImage } from '../image/grey.ts'
import { checkSize, type ScanLimits } from '../image/limits.ts'
import { ScanError } from '../image/scan-error.ts'
import { brokenSheet, type DecodedSheet } from '../image/sheet.ts'
import { readTextLayer } from './pdf-text.ts'
import { type OpenDocument, openDocument, type Pdfium, readNumbers } from './pdfium.ts'

/** Resolution at which pages are drawn that hold no scan. */
const drawnDpi = 300
/** How much of the page a picture must cover to be the scan of it. */
const leastCover = 0.8
const mostPages = 2000

/**
 * Opens a PDF, a sheet a page. Where the page is one scanned picture, that picture is the sheet, pixel for pixel as it is stored;
 * other pages are drawn at 300 dpi. A text layer comes along as a reading of its own.
 *
 * @param place the file's name, for messages
 * @throws ScanError when the file is encrypted, damaged or too large
 */
export async function openPdf(bytes: Uint8Array, place: string, limits: ScanLimits): Promise<DecodedSheet[]> {
  return withDocument(bytes, place, ({ pdfium, document }) => {
    const count = pdfium._FPDF_GetPageCount(document)
    if (count === 0) throw new ScanError(`${place} holds no pages: check the file`)
    if (count > mostPages) throw new ScanError(`${place} holds ${count} pages, more than ${mostPages}: split it`)
    const sheets = Array.from({ length: count }, (_, index) => {
      const name = count > 1 ? `${place} (page ${index + 1})` : place
      try {
        return withPage(pdfium, document, index, name, (page) => describeSheet(bytes, pdfium, page, index, name, limits))
      } catch (error) {
        if (error instanceof ScanError) return error
        throw error
      }
    })
    if (sheets.every((sheet) => sheet instanceof ScanError)) throw sheets[0]!
    return sheets.map((sheet) => (sheet instanceof ScanError ? brokenSheet(sheet) : sheet))
  })
}

function describeSheet(bytes: Uint8Array, pdfium: Pdfium, page: number, index: number, place: string, limits: ScanLimits): DecodedSheet {
  const frame = frameOf(pdfium, page)
  checkSize(frame.width, frame.height, limits, place)
  const text = readTextLayer(pdfium, page, frame, index)
  return {
    width: frame.width,
    height: frame.height,
    dpi: frame.dpi,
    decode: () =>
      withDocument(bytes, place, (open) =>
        withPage(open.pdfium, open.document, index, place, (again) => decodePage(open.pdfium, again, place))
      ),
    ...(text ? { text } : {})
  }
}

async function withDocument<T>(bytes: Uint8Array, place: string, use: (open: OpenDocument) => T): Promise<T> {
  const open = await openDocument(bytes).catch((error: unknown) => {
    throw new ScanError(`${place} cannot be opened (${String(error)}): save it again as PDF/A or TIFF`)
  })
  if (open === 'encrypted') throw new ScanError(`${place} is encrypted: save a copy without a password`)
  if (open === 'damaged') throw new ScanError(`${place} is not a whole PDF: copy it again from its source`)
  try {
    return use(open)
  } catch (error) {
    if (error instanceof ScanError) throw error
    throw new ScanError(
      `${place} cannot be read (${error instanceof Error ? error.message : String(error)}): save it again as PDF/A or TIFF`
    )
  } finally {
    open.close()
  }
}

function withPage<T>(pdfium: Pdfium, document: number, index: number, place: string, use: (page: number) => T): T {
  const page = pdfium._FPDF_LoadPage(document, index)
  if (page === 0) throw new ScanError(`${place} is damaged: save the file again as PDF/A or TIFF`)
  try {
    return use(page)
  } finally {
    pdfium._FPDF_ClosePage(page)
  }
}

/** How a page's points become pixels of its sheet. */
export interface PdfFrame {
  /** Pixels of the sheet. */
  readonly width: number
  readonly height: number
  readonly dpi: number
  /** The part of the whole page, drawn at `pageWidth` × `pageHeight`, that the sheet is. */
  readonly left: number
  readonly top: number
  readonly pageWidth: number
  readonly pageHeight: number
}

interface ScanObject {
  readonly object: number
  readonly width: number
  readonly height: number
  /** In points, from the page's lower left corner. */
  readonly x: number
  readonly y: number
  readonly pointsWide: number
  readonly pointsHigh: number
}

function frameOf(pdfium: Pdfium, page: number): PdfFrame {
  const wide = pdfium._FPDF_GetPageWidth(page)
  const high = pdfium._FPDF_GetPageHeight(page)
  const scan = findScan(pdfium, page, wide, high)
  if (!scan) {
    const width = Math.max(1, Math.round((wide * drawnDpi) / 72))
    const height = Math.max(1, Math.round((high * drawnDpi) / 72))
    return { width, height, dpi: drawnDpi, left: 0, top: 0, pageWidth: width, pageHeight: height }
  }
  const scaleX = scan.width / scan.pointsWide
  const scaleY = scan.height / scan.pointsHigh
  return {
    width: scan.width,
    height: scan.height,
    dpi: Math.round(scaleX * 72),
    left: scan.x * scaleX,
    top: (high - scan.y - scan.pointsHigh) * scaleY,
    pageWidth: wide * scaleX,
    pageHeight: high * scaleY
  }
}

const imageType = 3

/** The one picture that is the page, standing upright; undefined when there is none, or more than one that matters. */
function findScan(pdfium: Pdfium, page: number, wide: number, high: number): ScanObject | undefined {
  if (pdfium._FPDFPage_GetRotation(page) !== 0) return undefined
  const count = Math.min(pdfium._FPDFPage_CountObjects(page), 10_000)
  let found: ScanObject | undefined
  for (let index = 0; index < count; index++) {
    const object = pdfium._FPDFPage_GetObject(page, index)
    if (pdfium._FPDFPageObj_GetType(object) !== imageType) continue
    const scan = scanObject(pdfium, object)
    if (!scan || (scan.pointsWide * scan.pointsHigh) / (wide * high) < 0.02) continue
    if (found || scan.pointsWide * scan.pointsHigh < wide * high * leastCover) return undefined
    found = scan
  }
  return found
}

function scanObject(pdfium: Pdfium, object: number): ScanObject | undefined {
  const matrix = readNumbers(pdfium, 'Float32', 6, ([start]) => pdfium._FPDFPageObj_GetMatrix(object, start!))
  const size = readNumbers(pdfium, 'Int32', 2, ([width, height]) => pdfium._FPDFImageObj_GetImagePixelSize(object, width!, height!))
  if (!matrix || !size || size[0]! < 1 || size[1]! < 1) return undefined
  const [a, b, c, d, e, f] = matrix as [number, number, number, number, number, number]
  if (a <= 0 || d <= 0 || Math.abs(b) > a * 0.001 || Math.abs(c) > d * 0.001) return undefined
  return { object, width: size[0]!, height: size[1]!, x: e, y: f, pointsWide: a, pointsHigh: d }
}

function decodePage(pdfium: Pdfium, page: number, place: string): GreyImage {
  const frame = frameOf(pdfium, page)
  const scan = findScan(pdfium, page, pdfium._FPDF_GetPageWidth(page), pdfium._FPDF_GetPageHeight(page))
  const stored = scan ? pdfium._FPDFImageObj_GetBitmap(scan.object) : 0
  const bitmap = stored !== 0 ? stored : draw(pdfium, page, frame)
  if (bitmap === 0) throw new ScanError(`${place} needs more memory than there is: save it as TIFF, a file a page`)
  try {
    return toGrey(pdfium, bitmap, frame)
  } finally {
    pdfium._FPDFBitmap_Destroy(bitmap)
  }
}

const greyFormat = 1
const drawAnnotations = 1

function draw(pdfium: Pdfium, page: number, frame: PdfFrame): number {
  const bitmap = pdfium._FPDFBitmap_CreateEx(frame.width, frame.height, greyFormat, 0, 0)
  if (bitmap === 0) return 0
  pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, frame.width, frame.height, 0xffffffff)
  const x = -Math.round(frame.left)
  const y = -Math.round(frame.top)
  pdfium._FPDF_RenderPageBitmap(bitmap, page, x, y, Math.round(frame.pageWidth), Math.round(frame.pageHeight), 0, drawAnnotations)
  return bitmap
}

/** Bytes a pixel by PDFium's bitmap format: grey, BGR, BGRx, BGRA. */
const pixelBytes: Readonly<Record<number, number>> = { 1: 1, 2: 3, 3: 4, 4: 4, 5: 4 }

function toGrey(pdfium: Pdfium, bitmap: number, frame: PdfFrame): GreyImage {
  const width = pdfium._FPDFBitmap_GetWidth(bitmap)
  const height = pdfium._FPDFBitmap_GetHeight(bitmap)
  const stride = pdfium._FPDFBitmap_GetStride(bitmap)
  const bytes = pixelBytes[pdfium._FPDFBitmap_GetFormat(bitmap)]
  if (bytes === undefined || width !== frame.width || height !== frame.height) throw new Error('its picture has an unknown form')
  const start = pdfium._FPDFBitmap_GetBuffer(bitmap)
  const heap = pdfium.HEAPU8
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    let at = start + y * stride
    if (bytes === 1) pixels.set(heap.subarray(at, at + width), y * width)
    else
      for (let x = 0; x < width; x++, at += bytes)
        pixels[y * width + x] = (heap[at]! * 117 + heap[at + 1]! * 601 + heap[at + 2]! * 306 + 512) >> 10
  }
  return { pixels, width, height }
}
