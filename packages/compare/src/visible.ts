/**
 * Characters that a terminal obeys or a reader cannot see: C0 and C1 controls, DEL, bidirectional controls, zero-width and
 * invisible ones, line and paragraph separators, tags, lone surrogates, noncharacters.
 */
const hidden =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff]|[\u180b-\u180f]|\p{Cs}|[\u{e0000}-\u{e007f}]/u
const hiddenRuns = new RegExp(`(${hidden.source})`, 'u')
const allHidden = new RegExp(hidden.source, 'gu')

/** How a hidden character is written: `\u{202E}`. */
export function escapeHidden(char: string): string {
  return `\\u{${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}}`
}

/** Text that can be printed anywhere: every hidden character is written out as `\u{…}`. */
export function visible(text: string): string {
  return text.replace(allHidden, escapeHidden)
}

/** A text cut into what can be shown as it is and what must be written out. */
export function splitHidden(text: string): { text: string; hidden: boolean }[] {
  return text
    .split(hiddenRuns)
    .map((part, index) => ({ text: index % 2 === 1 ? escapeHidden(part) : part, hidden: index % 2 === 1 }))
    .filter((part) => part.text !== '')
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

/** Columns a grapheme cluster takes in a terminal. */
export function columns(cluster: string): number {
  if (/^\p{M}+$/u.test(cluster)) return 0
  return wide.test(cluster) ? 2 : 1
}
