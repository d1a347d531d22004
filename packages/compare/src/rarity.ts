/** How common a Han character is: 0 everyday, 1 known to readers, 2 in the large standards, 3 in none of them. */
export function rarity(char: string): 0 | 1 | 2 | 3 {
  ranks ??= readRanks()
  return ranks.get(char) ?? 3
}

/** Whether a character is an everyday one in Taiwan and not in GB 2312 at all: only traditional text has many of them. */
export function isTraditional(char: string): boolean {
  traditional ??= readTraditional()
  return traditional.has(char)
}

/** A part of a national standard: its encoding, first and last lead byte, first trail byte. */
type Level = readonly [encoding: string, first: number, last: number, trail: number]

const gb1: Level = ['gbk', 0xb0, 0xd7, 0xa1]
const gb2: Level = ['gbk', 0xd8, 0xf7, 0xa1]
const gbk: Level = ['gbk', 0x81, 0xfe, 0x40]
const big1: Level = ['big5', 0xa4, 0xc6, 0x40]
const big2: Level = ['big5', 0xc9, 0xf9, 0x40]

let ranks: ReadonlyMap<string, 0 | 1 | 2 | 3> | undefined
let traditional: ReadonlySet<string> | undefined

/** The levels of the national standards are the oldest frequency lists there are, and every Node has them. */
function readRanks(): Map<string, 0 | 1 | 2 | 3> {
  const found = new Map<string, 0 | 1 | 2 | 3>()
  for (const [levels, rank] of [
    [[gb1, big1], 0],
    [[gb2, big2], 1],
    [[gbk], 2]
  ] as const)
    for (const char of levels.flatMap(charsOf)) if (!found.has(char)) found.set(char, rank)
  return found
}

function readTraditional(): Set<string> {
  const simplified = new Set([gb1, gb2].flatMap(charsOf))
  return new Set(charsOf(big1).filter((char) => !simplified.has(char)))
}

function charsOf([encoding, first, last, trail]: Level): string[] {
  const decoder = new TextDecoder(encoding)
  const chars: string[] = []
  for (let lead = first; lead <= last; lead++) chars.push(...(decoder.decode(row(lead, trail)).match(/\p{Script=Han}/gu) ?? []))
  return chars
}

function row(lead: number, trail: number): Uint8Array {
  const bytes: number[] = []
  for (let low = trail; low <= 0xfe; low++) if (low !== 0x7f) bytes.push(lead, low)
  return Uint8Array.from(bytes)
}
