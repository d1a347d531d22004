import type { TextLine } from './text.ts'

const leastLines = 6
const columnRange = { least: 12, most: 120 }
/** How much shorter than its column a full line may be: the word, or the marks, that did not fit. */
const slack = 0.18
const leastFull = 0.75
/** Verse ends its lines with marks; a sentence broken at a width seldom does. */
const mostEnded = 0.45
/** How much of a file must be broken before any of it is taken to be: tables in a file of whole paragraphs look broken too. */
const leastBroken = 0.5

/**
 * Finds out whether a file was broken at the width of its columns. A run of lines without a blank one between is broken when most of
 * them, the last aside, have one width and few end in a mark. There, paragraphs begin at an indent and after a short line.
 *
 * @returns paragraphs of printed lines, or undefined when the file has one paragraph a line.
 */
export function groupWrapped(groups: readonly (readonly TextLine[])[]): TextLine[][] | undefined {
  const widths = groups.map(columnWidth)
  const known = widths.filter((width) => width !== undefined)
  const broken = groups.filter((_, index) => widths[index] !== undefined)
  if (broken.reduce((sum, group) => sum + group.length - 1, 0) < leastLines) return undefined
  if (textOf(broken) < textOf(groups) * leastBroken) return undefined
  return groups.flatMap((group, index) => {
    const width = widths[index] ?? (group.length < 3 ? known.find((other) => isFull(group[0]!, other)) : undefined)
    return width === undefined ? group.map((line) => [line]) : cutParagraphs(group, width)
  })
}

function textOf(groups: readonly (readonly TextLine[])[]): number {
  return groups.flat().reduce((sum, line) => sum + line.columns, 0)
}

/** The width at which a run of lines was broken, in half-width columns; undefined when it was not. */
function columnWidth(group: readonly TextLine[]): number | undefined {
  const followed = group.slice(0, -1)
  if (followed.length < 2) return undefined
  const sorted = followed.map((line) => line.columns).sort((a, b) => a - b)
  const width = sorted[Math.floor((sorted.length - 1) * 0.9)]!
  if (width < columnRange.least || width > columnRange.most) return undefined
  const full = followed.filter((line) => isFull(line, width))
  if (full.length < followed.length * leastFull) return undefined
  return full.filter((line) => endsPhrase(line.text)).length > full.length * mostEnded ? undefined : width
}

function isFull(line: TextLine, width: number): boolean {
  return line.columns >= width * (1 - slack) && line.columns <= width * 1.15 + 2
}

function endsPhrase(text: string): boolean {
  return /[。，、！？；：!?.,;:…]["”’」』）)]*$/.test(text.slice(-6))
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
