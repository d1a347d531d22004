/** Han characters (with 〇 and the iteration mark 々) in any plane. */
const han = /[\p{Script=Han}々〇]/u
const eastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}々〇\u3000-\u303f\uff00-\uffef]/u

/** Whether `char` (one code point) is a Han character. */
export function isHan(char: string): boolean {
  return han.test(char)
}

/** Whether `char` is set solid, without blanks between: Han, kana, bopomofo, and full-width marks. */
export function isEastAsian(char: string): boolean {
  return eastAsian.test(char)
}

/** The last code point of `text`, or ''. */
export function lastChar(text: string): string {
  if (text === '') return ''
  const low = text.charCodeAt(text.length - 1)
  const pair = low >= 0xdc00 && low <= 0xdfff && text.length > 1
  return text.slice(pair ? -2 : -1)
}

/** The first code point of `text`, or ''. */
export function firstChar(text: string): string {
  const code = text.codePointAt(0)
  return code === undefined ? '' : String.fromCodePoint(code)
}

/**
 * What stands between two printed lines of one paragraph when they are written as one: nothing in East Asian text
 * (figures included: 20 | 24 年 is 2024年), a blank in others and between two Latin letters.
 */
export function lineGlue(before: string, after: string, eastAsianText: boolean): '' | ' ' {
  if (before === '' || after === '') return ''
  if (!eastAsianText) return ' '
  return /[\p{Script=Latin}]/u.test(lastChar(before)) && /[\p{Script=Latin}]/u.test(firstChar(after)) ? ' ' : ''
}
