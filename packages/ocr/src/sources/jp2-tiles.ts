/**
 * Whether a JPEG 2000 codestream holds every tile it announces, each to its end (ISO/IEC 15444-1, annex A: SIZ, SOT, Psot). The decoder
 * fills what is missing with grey and says nothing, and makes a picture as large as a false header wants.
 *
 * @param start where the codestream begins (its SOC marker), and `end` where it ends
 */
export function holdsAllTiles(view: DataView, start: number, end: number): boolean {
  const tiles = countTiles(view, start)
  let at = firstTilePart(view, start)
  if (tiles === undefined || at === undefined) return false
  const seen = new Set<number>()
  while (at + 12 <= end && view.getUint16(at) === startOfTilePart) {
    seen.add(view.getUint16(at + 4))
    const length = view.getUint32(at + 6)
    // 0: this part reaches to the end of the codestream, whose mark must then be there.
    if (length === 0) return seen.size === tiles && view.getUint16(end - 2) === endOfCodestream
    if (length < 14 || at + length > end) return false
    at += length
  }
  return seen.size === tiles
}

const startOfTilePart = 0xff90
const endOfCodestream = 0xffd9

function countTiles(view: DataView, start: number): number | undefined {
  if (start + 40 > view.byteLength) return undefined
  const [right, bottom] = [view.getUint32(start + 8), view.getUint32(start + 12)]
  const [width, height] = [view.getUint32(start + 24), view.getUint32(start + 28)]
  const [left, top] = [view.getUint32(start + 32), view.getUint32(start + 36)]
  const count = Math.ceil((right - left) / width) * Math.ceil((bottom - top) / height)
  return count >= 1 && count <= 65_535 ? count : undefined
}

/** Walks the marker segments of the main header. */
function firstTilePart(view: DataView, start: number): number | undefined {
  let at = start + 2
  while (at + 4 <= view.byteLength) {
    if (view.getUint16(at) === startOfTilePart) return at
    if (view.getUint8(at) !== 0xff) return undefined
    at += 2 + view.getUint16(at + 2)
  }
  return undefined
}
