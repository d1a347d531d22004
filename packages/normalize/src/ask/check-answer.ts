import type { Question } from './corrector.ts'

/** What an answer comes to: a text for the place, or nothing, and why. */
export type Checked = { readonly text: string } | { readonly text?: undefined; readonly refused: 'no answer' | 'as it stands' | 'invented' }

const wrapping = /^[\s“”‘’"'`「」『』【】[\]（）()]+|[\s“”‘’"'`「」『』【】[\]（）()。.]+$/gu
const notWords = /[零〇一二三四五六七八九十百千万亿两]/

/**
 * Takes an answer for what it may be: as many Chinese characters as were doubted, one more or less where several were, no figure among them.
 * Anything else is more than was asked, and invented: whole sentences, explanations, other letters, numerals.
 */
export function checkAnswer({ before, place, after }: Question, answer: string): Checked {
  const text = within(answer.slice(0, longestAnswer).replace(wrapping, ''), before, after)
  if (text === '' || /^[?？]+$/.test(text)) return { refused: 'no answer' }
  if (text === place) return { refused: 'as it stands' }
  const spare = place.length > 1 ? 1 : 0
  if (!/^[\u4e00-\u9fff]+$/.test(text) || notWords.test(text) || Math.abs(text.length - place.length) > spare)
    return { refused: 'invented' }
  return { text }
}

const longestAnswer = 200
const shortestEcho = 2

/** An answer that says the characters on both sides again is what stands between them. */
function within(answer: string, before: string, after: string): string {
  const head = echo(answer, before, (length) => answer.startsWith(before.slice(-length)))
  const tail = echo(answer, after, (length) => answer.endsWith(after.slice(0, length)))
  return head + tail < answer.length ? answer.slice(head, answer.length - tail) : answer
}

function echo(answer: string, beside: string, matches: (length: number) => boolean): number {
  for (let length = Math.min(beside.length, answer.length); length >= shortestEcho; length--) if (matches(length)) return length
  return 0
}
