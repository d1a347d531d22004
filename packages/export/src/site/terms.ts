/**
 * The terms a text is found by: of East Asian writing every pair of neighbours and the last character of each run (so that
 * a single character is found as the beginning of a term), of other writing whole words.
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
    const chars = [...run]
    for (let at = 0; at < chars.length; at++) terms.add(chars[at]! + (chars[at + 1] ?? ''))
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

/** Which of `count` shards a term stands in: by its first character, so that all terms that begin alike stand together. */
export function shardOf(term: string, count: number): number {
  return ((term.codePointAt(0)! * 2654435761) % 4294967296) % count
}
