/** How common a Han character is: 0 everyday, 1 known to readers, 2 in the large standards, 3 in none of them. */
export function rarity(char: string): 0 | 1 | 2 | 3 {
  ranks ??= readStandards()
  return ranks.get(char) ?? 3
}

let ranks: ReadonlyMap<string, 0 | 1 | 2 | 3> | undefined

/** First and last lead byte, first trail byte, rank: GB 2312 level 1 and Big5 level 1, then their second levels, then GBK. */
const standards: readonly (readonly [encoding: string, first: number, last: number, trail: number, rank: 0 | 1 | 2])[] = [
  ['gbk', 0xb0, 0xd7, 0xa1, 0],
  ['big5', 0xa4, 0xc6, 0x40, 0],
  ['gbk', 0xd8, 0xf7, 0xa1, 1],
  ['big5', 0xc9, 0xf9, 0x40, 1],
  ['gbk', 0x81, 0xfe, 0x40, 2]
]

/** The levels of the national standards are the oldest frequency lists there are, and every Node has them. */
function readStandards(): Map<string, 0 | 1 | 2 | 3> {
  const found = new Map<string, 0 | 1 | 2 | 3>()
  for (const [encoding, first, last, trail, rank] of standards) {
    const decoder = new TextDecoder(encoding)
    for (let lead = first; lead <= last; lead++)
      for (const char of decoder.decode(row(lead, trail))) if (/\p{Script=Han}/u.test(char) && !found.has(char)) found.set(char, rank)
  }
  return found
}

function row(lead: number, trail: number): Uint8Array {
  const bytes: number[] = []
  for (let low = trail; low <= 0xfe; low++) if (low !== 0x7f) bytes.push(lead, low)
  return Uint8Array.from(bytes)
}
