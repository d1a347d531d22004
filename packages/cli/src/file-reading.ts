import type { Page } from '@broadsheet/document'
import type { PlannedFile } from './plan.ts'

/** What one file holds. */
export interface FileReading {
  readonly pages: readonly Page[]
  /** Sheets of a file of many that cannot be read; the others stand. */
  readonly failures: readonly SheetFailure[]
}

export interface SheetFailure {
  /** Its place among the pages of the file, from 0. */
  readonly place: number
  /** What is wrong and what to do, without the file's name before it. */
  readonly message: string
}

/** The reading of a scan as it is stored: under no name, since the same bytes may come back under another. */
export function withoutNames(reading: FileReading, file: PlannedFile): FileReading {
  return withNames(reading, { ...file, pageId: 'page', name: 'scan' })
}

/** The stored reading of a scan under the name its file has now. */
export function withNames(reading: FileReading, file: PlannedFile): FileReading {
  if (file.kind !== 'scan') return reading
  const places = placesOf(reading)
  const pages = reading.pages.map((page, index) => ({
    ...page,
    id: sheetId(file.pageId, places[index]!),
    ...(page.image ? { image: { ...page.image, href: file.name } } : {})
  }))
  return { ...reading, pages }
}

/** Which page of the file each page of the reading is, from 0: those that failed are passed over. */
export function placesOf({ pages, failures }: FileReading): number[] {
  const failed = new Set(failures.map((failure) => failure.place))
  return Array.from({ length: pages.length + failed.size }, (_, place) => place).filter((place) => !failed.has(place))
}

/** `p01` for the first page of a file, `p01-2` for the second. */
export function sheetId(pageId: string, index: number): string {
  return index === 0 ? pageId : `${pageId}-${index + 1}`
}
