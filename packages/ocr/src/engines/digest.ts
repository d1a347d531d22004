import { createHash } from 'node:crypto'

/** Lower-case hex SHA-256. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Digest of a JSON value whose keys are written in a fixed order: the fingerprint of an engine. */
export function fingerprintOf(settings: Readonly<Record<string, string | number | boolean>>): string {
  const sorted = Object.keys(settings)
    .sort()
    .map((key) => [key, settings[key]])
  return sha256(JSON.stringify(sorted))
}
