import { createHash, getHashes } from 'node:crypto'

// Names as manifests write them → as OpenSSL knows them.
const special: Readonly<Record<string, string>> = {
  blake2b512: 'blake2b512',
  'blake2b-512': 'blake2b512',
  sha512256: 'sha512-256',
  'sha512-256': 'sha512-256',
  sha3256: 'sha3-256',
  sha3512: 'sha3-512',
  sha3384: 'sha3-384',
  sha3224: 'sha3-224'
}
const known = new Set(getHashes().map((name) => name.toLowerCase()))

/** OpenSSL's name of a checksum algorithm (`SHA-256`, `sha256`); undefined when it cannot be computed here. */
export function algorithmOf(name: string): string | undefined {
  const lower = name.toLowerCase()
  const plain = lower.replace(/[-_/]/g, '')
  return [special[lower], special[plain], plain, lower].find((candidate) => candidate !== undefined && known.has(candidate))
}

export interface Digests {
  readonly size: number
  /** Lower-case hex by OpenSSL name. */
  readonly hex: Readonly<Record<string, string>>
}

/** A stream that counts and digests what passes through it; `result` is complete when it has been read to its end. */
export function digesting(
  content: AsyncIterable<Uint8Array>,
  algorithms: readonly string[]
): { content: AsyncIterable<Uint8Array>; result: () => Digests } {
  const hashes = algorithms.map((name) => [name, createHash(name)] as const)
  let size = 0
  let digests: Digests | undefined
  async function* pass(): AsyncIterable<Uint8Array> {
    for await (const chunk of content) {
      size += chunk.length
      for (const [, hash] of hashes) hash.update(chunk)
      yield chunk
    }
    digests = { size, hex: Object.fromEntries(hashes.map(([name, hash]) => [name, hash.digest('hex')])) }
  }
  return {
    content: pass(),
    result: () => {
      if (!digests) throw new Error('Expected a stream read to its end but it was not')
      return digests
    }
  }
}

/** Size and digests of a stream. */
export async function digest(content: AsyncIterable<Uint8Array>, algorithms: readonly string[]): Promise<Digests> {
  const stream = digesting(content, algorithms)
  for await (const _ of stream.content);
  return stream.result()
}
