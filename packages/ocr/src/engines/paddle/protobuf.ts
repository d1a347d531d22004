/** One field of a protobuf message: its number, and its payload as it stands in the file. */
export interface Field {
  readonly number: number
  /** 0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes. */
  readonly wire: number
  /** Bytes of the payload, without tag and length. */
  readonly bytes: Uint8Array
}

/**
 * Splits a protobuf message into its fields (https://protobuf.dev/programming-guides/encoding/). Nothing is copied or understood, so
 * that what is not touched is written back as it was.
 *
 * @throws RangeError when the message is cut short or is none
 */
export function readFields(message: Uint8Array): Field[] {
  const fields: Field[] = []
  let at = 0
  while (at < message.length) {
    const tag = readVarint(message, at)
    const wire = tag.value & 7
    const [from, length] = payloadAt(message, tag.next, wire)
    if (from + length > message.length) throw new RangeError(`Expected ${length} bytes at ${from} but the message ends`)
    fields.push({ number: Math.floor(tag.value / 8), wire, bytes: message.subarray(from, from + length) })
    at = from + length
  }
  return fields
}

function payloadAt(message: Uint8Array, at: number, wire: number): [from: number, length: number] {
  if (wire === 0) return [at, readVarint(message, at).next - at]
  if (wire === 1) return [at, 8]
  if (wire === 5) return [at, 4]
  if (wire !== 2) throw new RangeError(`Expected a wire type of protobuf but received ${wire}`)
  const { value, next } = readVarint(message, at)
  return [next, value]
}

/** A whole number below 2^53; what is larger comes out wrong, and nothing we look at is. */
export function readVarint(message: Uint8Array, at: number): { value: number; next: number } {
  let value = 0
  for (let next = at, scale = 1; next < message.length && next < at + 10; next++, scale *= 128) {
    const byte = message[next]!
    value += (byte & 127) * scale
    if (byte < 128) return { value, next: next + 1 }
  }
  throw new RangeError(`Expected a number at ${at} but the message ends`)
}

/** The message of these fields, in their order. */
export function writeFields(fields: readonly Field[]): Uint8Array {
  const parts: Uint8Array[] = []
  for (const { number, wire, bytes } of fields) {
    parts.push(varint(number * 8 + wire))
    if (wire === 2) parts.push(varint(bytes.length))
    parts.push(bytes)
  }
  const message = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    message.set(part, at)
    at += part.length
  }
  return message
}

export function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return Uint8Array.from([...bytes, rest])
}

export const text = (number: number, value: string): Field => ({ number, wire: 2, bytes: new TextEncoder().encode(value) })
export const whole = (number: number, value: number): Field => ({ number, wire: 0, bytes: varint(value) })
export const float = (number: number, value: number): Field => ({
  number,
  wire: 5,
  bytes: new Uint8Array(Float32Array.of(value).buffer)
})
export const nested = (number: number, fields: readonly Field[]): Field => ({ number, wire: 2, bytes: writeFields(fields) })
export const textOf = (field: Field): string => new TextDecoder().decode(field.bytes)
