import { type Blob, heightOf, shared, unite, widthOf } from './blob.ts'

/** Two lines that touch are cut apart where the least ink is. */
export function splitTall(row: Blob[], em: number): Blob[][] {
  const all = unite(row)
  const height = heightOf(all)
  const width = widthOf(all)
  if (height < 1.75 * em || width < 3 * em) return [row]
  const heights = row.map(heightOf).sort((a, b) => a - b)
  const usual = heights[Math.floor(heights.length * 0.6)]!
  const size = Math.max(usual, em * 0.85)
  if (height < 1.75 * size || heights.length < 6) return [row]
  const profile = new Float64Array(Math.ceil(height) + 1)
  for (const blob of row) for (let y = Math.floor(blob.y0 - all.y0); y < blob.y1 - all.y0; y++) profile[y]! += blob.area / heightOf(blob)
  const count = Math.max(2, Math.round(height / (size * 1.45)))
  const cuts: number[] = []
  for (let k = 1; k < count; k++) cuts.push(all.y0 + lowest(profile, (height * k) / count, size * 0.45))
  // A cut through much of the ink is a cut through large characters.
  const total = row.reduce((sum, blob) => sum + blob.area, 0)
  const crossed = row.filter((blob) => cuts.some((y) => Math.min(y - blob.y0, blob.y1 - y) > 0.2 * heightOf(blob)))
  if (crossed.reduce((sum, blob) => sum + blob.area, 0) > 0.35 * total) return [row]
  return divide(row, cuts).flatMap((part) => (part.length === row.length ? [part] : splitTall(part, em)))
}

function lowest(profile: Float64Array, around: number, reach: number): number {
  let best = Math.round(around)
  for (let y = Math.max(1, Math.round(around - reach)); y <= Math.min(profile.length - 2, around + reach); y++) {
    const better = profile[y]! < profile[best]! || (profile[y]! === profile[best]! && Math.abs(y - around) < Math.abs(best - around))
    if (better) best = y
  }
  return best
}

function divide(row: readonly Blob[], cuts: readonly number[]): Blob[][] {
  const edges = [-Infinity, ...cuts, Infinity]
  return edges.slice(1).flatMap((bottom, k) => {
    const top = edges[k]!
    const part = row.flatMap((blob) => {
      const height = heightOf(blob)
      const inside = shared(blob.y0, blob.y1, top, bottom)
      if (inside >= height * 0.75) return [blob]
      if (inside < height * 0.25) return []
      return [{ ...blob, y0: Math.max(blob.y0, top), y1: Math.min(blob.y1, bottom), area: (blob.area * inside) / height }]
    })
    return part.length > 0 ? [part] : []
  })
}
