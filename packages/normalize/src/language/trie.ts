/**
 * A trie of symbol strings, level by level: `levels[k]` holds the strings of k + 1 symbols, sorted, so that the children of node i
 * are the nodes `first[i] … first[i + 1] - 1` of the next level. Every node has up to two bytes of its own.
 */
export interface Trie {
  readonly levels: readonly TrieLevel[]
}

export interface TrieLevel {
  readonly symbols: Uint16Array
  /** One longer than `symbols`; absent on the last level. */
  readonly first?: Int32Array
  readonly values: readonly Uint8Array[]
}

/** The child of `parent` (a node of `levels[level - 1]`) with this symbol, or -1. On level 0, parent is ignored. */
export function findChild(trie: Trie, level: number, parent: number, symbol: number): number {
  const { symbols } = trie.levels[level]!
  let low = 0
  let high = symbols.length
  if (level > 0) {
    const first = trie.levels[level - 1]!.first!
    low = first[parent]!
    high = first[parent + 1]!
  }
  return search(symbols, low, high, symbol)
}

/** Where a symbol stands among sorted `symbols`, from `from` up to `to`; -1 where it is none of them. */
export function search(symbols: Uint16Array, from: number, to: number, symbol: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >> 1
    const found = symbols[middle]!
    if (found === symbol) return middle
    if (found < symbol) low = middle + 1
    else high = middle
  }
  return -1
}

/** An entry of a trie to be: a symbol string and its bytes. */
export interface TrieEntry {
  readonly key: readonly number[]
  readonly values: readonly number[]
}

/** Builds a trie of entries sorted by key; a prefix that is no entry itself gets zero bytes. */
export function buildTrie(entries: readonly TrieEntry[], depth: number, valueCount: number): Trie {
  const levels = Array.from({ length: depth }, () => ({
    symbols: [] as number[],
    first: [] as number[],
    values: Array.from({ length: valueCount }, () => [] as number[])
  }))
  let path: readonly number[] = []
  for (const { key, values } of entries) {
    let shared = 0
    while (shared < path.length && shared < key.length && path[shared] === key[shared]) shared++
    for (let level = shared; level < key.length; level++) {
      const into = levels[level]!
      into.symbols.push(key[level]!)
      into.first.push(levels[level + 1]?.symbols.length ?? 0)
      for (const [index, list] of into.values.entries()) list.push(level === key.length - 1 ? values[index]! : 0)
    }
    if (shared === key.length) for (const [index, list] of levels[shared - 1]!.values.entries()) list[list.length - 1] = values[index]!
    path = key
  }
  return {
    levels: levels.map(({ symbols, first, values }, level) => ({
      symbols: Uint16Array.from(symbols),
      ...(level < depth - 1 ? { first: Int32Array.from([...first, levels[level + 1]!.symbols.length]) } : {}),
      values: values.map((list) => Uint8Array.from(list))
    }))
  }
}

/** Packs a trie: for every level the numbers of children, the symbols as steps, the bytes. */
export function packTrie(trie: Trie): Uint8Array {
  const parts: Uint8Array[] = []
  const writer = createWriter(parts)
  writer.number(trie.levels.length)
  for (const [level, { symbols, values }] of trie.levels.entries()) {
    const parents = level === 0 ? undefined : trie.levels[level - 1]!.first!
    writer.number(symbols.length)
    writer.number(values.length)
    if (parents) for (let node = 0; node + 1 < parents.length; node++) writer.number(parents[node + 1]! - parents[node]!)
    const starts = new Set(parents ?? [0])
    for (let node = 0; node < symbols.length; node++) writer.number(starts.has(node) ? symbols[node]! : symbols[node]! - symbols[node - 1]!)
    for (const list of values) writer.bytes(list)
  }
  writer.flush()
  return concat(parts)
}

export function unpackTrie(bytes: Uint8Array): Trie {
  let at = 0
  const number = (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!
      value |= (byte & 127) << shift
      if (byte < 128) return value
    }
  }
  const depth = number()
  const levels: { symbols: Uint16Array; first?: Int32Array; values: Uint8Array[] }[] = []
  for (let level = 0; level < depth; level++) {
    const size = number()
    const valueCount = number()
    const above = levels[level - 1]
    const first = Int32Array.of(0, size)
    const parents = above ? new Int32Array(above.symbols.length + 1) : first
    if (above) {
      for (let node = 0; node < above.symbols.length; node++) parents[node + 1] = parents[node]! + number()
      above.first = parents
    }
    const symbols = new Uint16Array(size)
    for (let node = 0; node + 1 < parents.length; node++) {
      let symbol = 0
      for (let child = parents[node]!; child < parents[node + 1]!; child++) symbols[child] = symbol += number()
    }
    const values: Uint8Array[] = []
    for (let index = 0; index < valueCount; index++) {
      values.push(bytes.subarray(at, at + size))
      at += size
    }
    levels.push({ symbols, values })
  }
  return { levels }
}

interface Writer {
  number(value: number): void
  bytes(bytes: Uint8Array): void
  flush(): void
}

function createWriter(parts: Uint8Array[]): Writer {
  let numbers: number[] = []
  const flush = (): void => {
    parts.push(Uint8Array.from(numbers))
    numbers = []
  }
  return {
    number(value) {
      let rest = value
      for (; rest >= 128; rest >>>= 7) numbers.push((rest & 127) | 128)
      numbers.push(rest)
    },
    bytes(bytes) {
      flush()
      parts.push(bytes)
    },
    flush
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
