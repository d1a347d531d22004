/**
 * The terms a text is found by: of East Asian writing every character and every pair of neighbours, of other writing whole
 * words.
 *
 * `data/site/search.js` holds the same function for the reader's side; a test keeps the two alike.
 */
export function termsOf(text: string): Set<string> {
  const terms = new Set<string>()
  for (const [run] of foldText(text).matchAll(runs)) {
    if (!solid.test(run)) {
      terms.add(run.slice(0, 32))
      continue
    }
    let before = ''
    for (const char of run) {
      terms.add(char)
      if (before !== '') terms.add(before + char)
      before = char
    }
  }
  return terms
}

const runs =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}々〇]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}々〇])[\p{L}\p{N}\p{M}])+/gu
const solid = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}々〇]/u

/** Small letters, full-width forms as plain ones: character by character, so that offsets stay. */
export function foldText(text: string): string {
  return text.replace(/[^\u0000-\u007f\u4e00-\u9fff]|[A-Z]/gu, (char) => {
    const plain = char.normalize('NFKC').toLowerCase()
    return plain.length === char.length ? plain : char
  })
}

/** Which of `count` shards a term stands in. Words that begin with the same two letters stand together: they are also found by their beginning. */
export function shardOf(term: string, count: number): number {
  const key = solid.test(term) ? term : [...term].slice(0, 2).join('')
  let hash = 2166136261
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 16777619)
  return (hash >>> 0) % count
}

const digits = '0123456789abcdefghijklmnopqrstuvABCDEFGHIJKLMNOPQRSTUVWXYZ-_wxyz'

/** A whole number in as few characters as may be: five bits each, the last from the first half of the alphabet. */
export function encodeNumber(value: number): string {
  let text = digits[value & 31]!
  for (let rest = value >>> 5; rest > 0; rest >>>= 5) text = digits[32 + (rest & 31)]! + text
  return text
}
