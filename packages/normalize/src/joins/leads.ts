import type { Strand } from './ends.ts'

/** Leads that a page repeats: 聚力在打造…走在前。 */
export interface Leads {
  /** Whether joining the two gives a first sentence of a pattern that other paragraphs of the page have. */
  completes(end: Strand, start: Strand): boolean
}

const longestLead = 45

/** The first sentences of paragraphs, compared by how they begin and end. */
export function leadPatterns(strands: readonly Strand[]): Leads {
  const leads = strands.flatMap(({ text, block }) => {
    const lead = firstSentence(text)
    return lead ? [{ block, lead }] : []
  })
  const fits = (end: Strand, joined: string): boolean => {
    const lead = firstSentence(joined)
    if (!lead || end.isLong || lead.length <= end.text.length || /[，、,]$/.test(end.text)) return false
    const alike = leads.filter(
      (other) =>
        other.block !== end.block &&
        isPattern(lead.slice(0, commonStart(lead, other.lead))) &&
        commonEnd(lead, other.lead) >= 4 &&
        commonEnd(end.text, other.lead) < 3
    )
    return alike.length >= 2
  }
  return { completes: (end, start) => fits(end, end.text + start.text.slice(0, longestLead)) }
}

/** Dates begin alike, too. */
function isPattern(start: string): boolean {
  return start.length >= 3 && !/\d/.test(start)
}

function firstSentence(text: string): string | undefined {
  const end = text.slice(0, longestLead + 1).search(/[。！？；]/)
  return end >= 8 ? text.slice(0, end) : undefined
}

function commonStart(a: string, b: string): number {
  let size = 0
  while (size < a.length && size < b.length && a[size] === b[size]) size++
  return size
}

function commonEnd(a: string, b: string): number {
  let size = 0
  while (size < a.length && size < b.length && a.at(-1 - size) === b.at(-1 - size)) size++
  return size
}
