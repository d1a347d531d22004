import type { TextLine } from './text.ts'

const leastLines = 6
const columnRange = { least: 16, most: 120 }
/** How much shorter than the common width a full line may be: the word, or the marks, that did not fit. */
const slack = 0.18
const leastFull = 0.75
/** Verse ends its lines with marks; a sentence that was broken at a width seldom does. */
const mostEnded = 0.45

/**
 * Finds out whether a file was broken at a fixed width, by the lines that are followed by another without a blank line between:
 * most must have one common width, and few may end a sentence. Then paragraphs begin after a blank line, at an indent and after a
 * short line.
 *
 * @returns paragraphs of printed lines, or undefined when the file has one paragraph a line.
 */
export function groupWrapped(groups: readonly (readonly TextLine[])[]): TextLine[][] | undefined {
  const followed = groups.flatMap((group) => group.slice(0, -1))
  if (followed.length < leastLines) return undefined
  const width = commonWidth(followed)
  if (width < columnRange.least || width > columnRange.most) return undefined
  const full = followed.filter((line) => isFull(line, width))
  if (full.length < followed.length * leastFull) return undefined
  if (full.filter((line) => endsSentence(line.text)).length > full.length * mostEnded) return undefined
  return groups.flatMap((group) => cutParagraphs(group, width))
}

/** What nine in ten lines are no longer than. */
function commonWidth(lines: readonly TextLine[]): number {
  const sorted = lines.map((line) => line.columns).sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * 0.9)]!
}

function isFull(line: TextLine, width: number): boolean {
  return line.columns >= width * (1 - slack) && line.columns <= width * 1.15 + 2
}

function endsSentence(text: string): boolean {
  return /[。！？!?.…；;]["”’」』）)]*$/.test(text.slice(-6))
}

function cutParagraphs(group: readonly TextLine[], width: number): TextLine[][] {
  const paragraphs: TextLine[][] = []
  let previous: TextLine | undefined
  for (const line of group) {
    const goesOn = previous !== undefined && isFull(previous, width) && line.indent === 0
    if (goesOn) paragraphs[paragraphs.length - 1]!.push(line)
    else paragraphs.push([line])
    previous = line
  }
  return paragraphs
}
