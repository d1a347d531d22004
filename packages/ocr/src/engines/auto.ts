import type { Engine, LineImage, LineReading } from '../engine.ts'
import { fingerprintOf } from './digest.ts'

/**
 * Two engines as one: each line goes to the one that was measured to read its script better. PP-OCR for Chinese set in rows; Tesseract
 * for letters, of which PP-OCR knows neither umlauts nor blanks well, and for traditional Chinese set downward, of which PP-OCR passes
 * over many characters (`bench engines`).
 */
export function routeLines(paddle: Engine, tesseract: Engine): Engine {
  return {
    name: 'auto',
    version: `${paddle.version}; ${tesseract.version}`,
    fingerprint: fingerprintOf({ engine: 'auto', paddle: paddle.fingerprint, tesseract: tesseract.fingerprint }),
    languages: [...new Set([...paddle.languages, ...tesseract.languages])],
    async readLines(lines, options) {
      const readings: LineReading[] = new Array(lines.length)
      for (const engine of [paddle, tesseract]) {
        const mine = [...lines.keys()].filter((index) => (isForPaddle(lines[index]!) ? paddle : tesseract) === engine)
        if (mine.length === 0) continue
        const read = await engine.readLines(
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

function isForPaddle({ language, direction }: LineImage): boolean {
  if (!/^(?:zh|und|ja|yue|lzh)\b/i.test(language)) return false
  return !(direction === 'vertical-rl' && /^zh-(?:Hant|TW|HK|MO)\b/i.test(language))
}
