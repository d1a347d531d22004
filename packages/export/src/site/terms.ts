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

/** Whether a term is of East Asian writing: a character or a pair. */
export function isSolid(term: string): boolean {
  return solid.test(term)
}

/** Printable ASCII without what JSON escapes, `<` and `*`: nothing that can be a character of a term of East Asian writing. */
const digits = "!#$%&'()+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"

/** Of the digits, those that end a number; the others come before. */
const last = 60

/** A whole number in as few characters as may be: small ones, of which there are most, in one. */
export function encodeNumber(value: number): string {
  const more = digits.length - last
  let text = digits[value % last]!
  for (let rest = Math.floor(value / last); rest > 0; rest = Math.floor(rest / more)) text = digits[last + (rest % more)]! + text
  return text
}
