import { ScanError } from './scan-error.ts'

/** Chunks a grey picture needs. Text and colour profiles are compressed without bound, so the decoder never sees them. */
const kept = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'pHYs'])

/**
 * The same PNG without its metadata (but the resolution): 48 KB of text chunk can unpack to 50 MB.
 * @throws ScanError when the file ends before its IEND chunk.
 */
export function stripPng(bytes: Uint8Array, place: string): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: Uint8Array[] = [bytes.subarray(0, 8)]
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) break
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (kept.has(type)) parts.push(bytes.subarray(at, end))
    if (type === 'IEND') return Buffer.concat(parts)
    at = end
  }
  throw new ScanError(`${place} is cut off: copy it again from its source`)
}
