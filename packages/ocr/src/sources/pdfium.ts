import { type PDFiumLibrary as Library, PDFiumLibrary } from '@hyzyla/pdfium'

/**
 * PDFium's C functions as WebAssembly exports them; the package's own classes know no positions of characters. Pointers and handles
 * are numbers.
 */
export interface Pdfium {
  readonly HEAPU8: Uint8Array
  readonly wasmExports: { malloc(size: number): number; free(pointer: number): void }
  _FPDF_LoadMemDocument(pointer: number, size: number, password: number): number
  _FPDF_GetLastError(): number
  _FPDF_CloseDocument(document: number): void
  _FPDF_GetPageCount(document: number): number
  _FPDF_LoadPage(document: number, index: number): number
  _FPDF_ClosePage(page: number): void
  _FPDF_GetPageWidth(page: number): number
  _FPDF_GetPageHeight(page: number): number
  _FPDFPage_GetRotation(page: number): number
  _FPDFPage_CountObjects(page: number): number
  _FPDFPage_GetObject(page: number, index: number): number
  _FPDFPageObj_GetType(object: number): number
  _FPDFPageObj_GetMatrix(object: number, matrix: number): number
  _FPDFImageObj_GetImagePixelSize(object: number, width: number, height: number): number
  _FPDFImageObj_GetBitmap(object: number): number
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, buffer: number, stride: number): number
  _FPDFBitmap_FillRect(bitmap: number, left: number, top: number, width: number, height: number, colour: number): void
  _FPDFBitmap_Destroy(bitmap: number): void
  _FPDFBitmap_GetBuffer(bitmap: number): number
  _FPDFBitmap_GetWidth(bitmap: number): number
  _FPDFBitmap_GetHeight(bitmap: number): number
  _FPDFBitmap_GetStride(bitmap: number): number
  _FPDFBitmap_GetFormat(bitmap: number): number
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
    rotate: number,
    flags: number
  ): void
  _FPDF_PageToDevice(
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
    rotate: number,
    pageX: number,
    pageY: number,
    deviceX: number,
    deviceY: number
  ): number
  _FPDFText_LoadPage(page: number): number
  _FPDFText_ClosePage(textPage: number): void
  _FPDFText_CountChars(textPage: number): number
  _FPDFText_GetUnicode(textPage: number, index: number): number
  _FPDFText_GetCharBox(textPage: number, index: number, left: number, right: number, bottom: number, top: number): number
}

/** A document opened in a PDFium of its own: an error in one file cannot harm another, and all memory goes with it. */
export interface OpenDocument {
  readonly pdfium: Pdfium
  readonly document: number
  close(): void
}

export type PdfFailure = 'encrypted' | 'damaged'

/** Opens a PDF, or says why it cannot be opened. */
export async function openDocument(bytes: Uint8Array): Promise<OpenDocument | PdfFailure> {
  const library: Library = await PDFiumLibrary.init()
  const pdfium = (library as unknown as { module: Pdfium }).module
  const pointer = pdfium.wasmExports.malloc(bytes.length)
  pdfium.HEAPU8.set(bytes, pointer)
  const document = pdfium._FPDF_LoadMemDocument(pointer, bytes.length, 0)
  if (document === 0) {
    const error = pdfium._FPDF_GetLastError()
    library.destroy()
    return error === passwordNeeded || error === securityUnknown ? 'encrypted' : 'damaged'
  }
  return {
    pdfium,
    document,
    close() {
      pdfium._FPDF_CloseDocument(document)
      library.destroy()
    }
  }
}

const passwordNeeded = 4
const securityUnknown = 5

/** Gives `use` room for `count` doubles (or floats, or ints) in PDFium's memory and reads them afterwards. */
export function readNumbers(
  pdfium: Pdfium,
  type: 'Float64' | 'Float32' | 'Int32',
  count: number,
  use: (pointers: readonly number[]) => number
): number[] | undefined {
  const size = type === 'Float64' ? 8 : 4
  const start = pdfium.wasmExports.malloc(count * size)
  try {
    const worked = use(Array.from({ length: count }, (_, index) => start + index * size))
    if (worked === 0) return undefined
    const view = new DataView(pdfium.HEAPU8.buffer)
    return Array.from({ length: count }, (_, index) => view[`get${type}`](start + index * size, true))
  } finally {
    pdfium.wasmExports.free(start)
  }
}
