/** The grey value below which a share, 0 to 1, of the values lies: 0.5 is their median. */
export function valueAtShare(values: Uint8Array, share: number): number {
  const counts = new Uint32Array(256)
  for (const value of values) counts[value] = counts[value]! + 1
  let seen = 0
  for (let value = 0; value < 256; value++) {
    seen += counts[value]!
    if (seen > share * values.length) return value
  }
  return 255
}
