/** A misreading that recurs in a newspaper: what is read, and what was printed. Of one length; longer than one character, where one alone would touch too much. */
export interface Confusion {
  readonly read: string
  readonly printed: string
}

const longest = 12
const arrow = ' → '

/** `区具委 → 区县委`, as profiles write it. */
export function writeConfusion({ read, printed }: Confusion): string {
  return `${read}${arrow}${printed}`
}

/** @returns undefined for what is no confusion: without an arrow, empty or too long on a side, or the same on both */
export function readConfusion(text: string): Confusion | undefined {
  const [read, printed, ...rest] = text.split(/\s*(?:→|->)\s*/).map((part) => part.trim())
  if (!read || !printed || rest.length > 0 || read === printed || read.length > longest || printed.length > longest) return undefined
  return { read, printed }
}
