import type { Page } from '@broadsheet/document'
import type { GreyImage } from './grey.ts'
import type { ScanError } from './scan-error.ts'

/** One sheet of a file that is not decoded by sharp (JPEG 2000, PDF): what `sources/` hands over. */
export interface DecodedSheet {
  /** Pixels of the archival image, as stored; 0 for a sheet that cannot be opened. */
  readonly width: number
  readonly height: number
  /** Dots per inch where the file tells. */
  readonly dpi?: number
  /** Decodes the sheet, not turned. Called at most once at a time; may throw a ScanError. */
  readonly decode: () => Promise<GreyImage>
  /** The text the file itself carries for this sheet (a PDF's text layer), with boxes in pixels of the archival image. */
  readonly text?: Page
}

/** A sheet of a file of many that cannot be opened: whoever wants its picture learns why, and the others stand. */
export function brokenSheet(error: ScanError): DecodedSheet {
  return { width: 0, height: 0, decode: () => Promise.reject(error) }
}
