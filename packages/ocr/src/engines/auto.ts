import type { Engine, LineImage, LineReading } from '../engine.ts'
import { fingerprintOf } from './digest.ts'
import { lookAgain } from './look-again.ts'
import { readTogether } from './together.ts'

/** Raised when a change here can change a reading. */
const revision = 2

/**
 * Two engines as one: each line goes to the one that was measured to read its script better (`bench engines`). PP-OCR for Chinese set in
 * rows; Tesseract for letters, of which PP-OCR knows neither umlauts nor blanks well; and both, voting, for traditional Chinese set
 * downward, where PP-OCR passes over many characters and Tesseract mistakes many: together they make half the errors of the better.
 */
export function routeLines(paddle: Engine, tesseract: Engine): Engine {
  const readers: Readonly<Record<Way, Engine>> = {
    rows: lookAgain(paddle, tesseract),
    letters: lookAgain(tesseract),
    downward: readTogether(paddle, tesseract)
  }
  return {
    name: 'auto',
    version: `${paddle.version}; ${tesseract.version}`,
    fingerprint: fingerprintOf({ engine: 'auto', revision, ...fingerprintsOf(readers) }),
    languages: [...new Set([...paddle.languages, ...tesseract.languages])],
    async readLines(lines, options) {
      const readings: LineReading[] = new Array(lines.length)
      for (const [way, reader] of Object.entries(readers)) {
        const mine = [...lines.keys()].filter((index) => wayOf(lines[index]!) === way)
        if (mine.length === 0) continue
        const read = await reader.readLines(
          mine.map((index) => lines[index]!),
          options
        )
        for (const [place, index] of mine.entries()) readings[index] = read[place]!
      }
      return readings
    },
    async close() {
      await Promise.all([paddle.close(), tesseract.close()])
    }
  }
}

type Way = 'rows' | 'letters' | 'downward'

function wayOf({ language, direction }: LineImage): Way {
  if (!/^(?:zh|und|ja|yue|lzh)\b/i.test(language)) return 'letters'
  return direction === 'vertical-rl' && /^zh-(?:Hant|TW|HK|MO)\b/i.test(language) ? 'downward' : 'rows'
}

function fingerprintsOf(engines: Readonly<Record<string, Engine>>): Record<string, string> {
  return Object.fromEntries(Object.entries(engines).map(([name, { fingerprint }]) => [name, fingerprint]))
}
