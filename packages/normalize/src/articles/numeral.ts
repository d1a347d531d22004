const digits: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  '○': 0,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  元: 1,
  廿: 20,
  卅: 30,
  十: 10,
  百: 100
}

/** The characters a Chinese numeral may consist of, for use inside a character class. */
export const numeralChars = '〇零○一二三四五六七八九十百廿卅元'

/** Full-width digits and letters as half-width ones; everything else, and every offset, stays. */
export function toHalfWidth(text: string): string {
  return text.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
}

/**
 * The value of `25`, `２５`, `二十五`, `廿五` or `一九三六`; undefined when it is no numeral. `元` is the first year of an era.
 */
export function parseNumeral(text: string): number | undefined {
  const plain = toHalfWidth(text)
  if (/^\d{1,6}$/.test(plain)) return Number(plain)
  const chars = [...text]
  if (chars.length === 0 || chars.length > 8 || chars.some((char) => digits[char] === undefined)) return undefined
  return /[十百廿卅]/.test(text) ? addNumeral(chars) : Number(chars.map((char) => digits[char]).join(''))
}

function addNumeral(chars: readonly string[]): number {
  let sum = 0
  let unit = 0
  for (const char of chars) {
    const value = digits[char]!
    if (value === 10 || value === 100) {
      sum += (unit || 1) * value
      unit = 0
    } else if (value >= 20) sum += value
    else unit = value
  }
  return sum + unit
}
