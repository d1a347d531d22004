import type { Engine, LineImage, LineReading } from '../engine.ts'
import { fingerprintOf, sha256 } from './digest.ts'
import { EngineError } from './engine-error.ts'

/** Answers of an engine, by the digest of the line: what `createRecorder` writes and `createRecordedEngine` reads. A JSON value. */
export interface Recording {
  readonly engine: string
  readonly version: string
  readonly fingerprint: string
  readonly languages: readonly string[]
  /** By `lineDigest`. */
  readonly readings: Readonly<Record<string, LineReading>>
}

/** Lower-case hex SHA-256 of all that a line is: its pixels, size, direction and language. */
export function lineDigest(line: LineImage): string {
  return sha256(`${line.width}×${line.height} ${line.direction} ${line.language} ${sha256(line.pixels)}`)
}

/**
 * An engine that knows the answers beforehand.
 *
 * @param unknown what to do with a line that was not recorded: refuse it, or read nothing in it
 */
export function createRecordedEngine(recording: Recording, options: { readonly unknown?: 'refuse' | 'empty' } = {}): Engine {
  return {
    name: 'recorded',
    version: `${recording.engine} ${recording.version}`,
    fingerprint: fingerprintOf({ engine: 'recorded', of: recording.fingerprint }),
    languages: recording.languages,
    async readLines(lines, { signal } = {}) {
      signal?.throwIfAborted()
      return lines.map((line) => {
        const digest = lineDigest(line)
        const reading = recording.readings[digest]
        if (reading) return reading
        if (options.unknown === 'empty') return { text: '', confidence: 0, glyphs: [] }
        throw new EngineError(`The recording holds no line ${digest.slice(0, 12)} (${line.width} × ${line.height}): record it again`)
      })
    },
    async close() {}
  }
}

/** An engine that reads with another and notes what it answered. */
export interface Recorder extends Engine {
  /** All answers so far, in the order of their digests. */
  recording(): Recording
}

export function createRecorder(engine: Engine): Recorder {
  const readings = new Map<string, LineReading>()
  const { name, version, fingerprint, languages } = engine
  return {
    name,
    version,
    fingerprint,
    languages,
    async readLines(lines, options) {
      const answers = await engine.readLines(lines, options)
      lines.forEach((line, index) => {
        readings.set(lineDigest(line), answers[index]!)
      })
      return answers
    },
    close: () => engine.close(),
    recording: () => ({ engine: name, version, fingerprint, languages, readings: Object.fromEntries([...readings].sort(byDigest)) })
  }
}

function byDigest([a]: readonly [string, LineReading], [b]: readonly [string, LineReading]): number {
  return a < b ? -1 : 1
}
