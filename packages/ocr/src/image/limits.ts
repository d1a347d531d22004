import { ScanError } from './scan-error.ts'

/** How large a sheet may be. Both are read from the header, before anything is decoded. */
export interface ScanLimits {
  /** Pixels of one sheet; 200 million by default (a broadsheet at 600 dpi has about 150 million). */
  readonly maxPixels: number
  /** Pixels of one side; 65,500 by default: lines are cut before an engine sees them, so the engines' own 32,767 does not bind. */
  readonly maxSide: number
}

export const defaultLimits: ScanLimits = { maxPixels: 200_000_000, maxSide: 65_500 }

/** @throws ScanError when a sheet is larger than `limits` allow. */
export function checkSize(width: number, height: number, limits: ScanLimits, place: string): void {
  if (!(width >= 1 && height >= 1)) throw new ScanError(`${place} states no size: save it again as PNG or TIFF`)
  if (Math.max(width, height) > limits.maxSide)
    throw new ScanError(
      `${place} is ${width} × ${height} pixels, and no side may be over ${limits.maxSide}: check the file, or cut it into pages`
    )
  if (width * height > limits.maxPixels)
    throw new ScanError(
      `${place} is ${width} × ${height} pixels, more than ${Math.round(limits.maxPixels / 1e6)} million: scan it at a lower resolution, or cut it into pages`
    )
}
