import { type Flow, overlapAlong } from '../articles/space.ts'

/** The column a line stands in, as the lines round it show it. Pixels in reading directions, but for the pitch. */
export interface Footing {
  /** How many lines of running text show where the column begins and ends. */
  readonly witnesses: number
  readonly start: number
  readonly end: number
  /** From one line of the block to the next, in ems; 0 where there is one only. */
  readonly pitch: number
}

/** Lines that may tell: those of the block itself, and all running lines of the page. */
export interface Witnesses {
  readonly own: readonly Flow[]
  readonly running: readonly Flow[]
}

/**
 * The column round a line, by the running lines near it (`running`, without the line itself), whoever they belong to. A word or a piece parted
 * from its line is narrower than what stands above and below it, or stands where nothing tells.
 */
export function footingOf(line: Flow, em: number, { own, running }: Witnesses): Footing {
  const near = running.filter((flow) => overlapAlong(flow, line) > 0.6)
  const starts = near.map(({ start }) => start).sort((a, b) => a - b)
  const ends = near.map(({ end }) => end).sort((a, b) => a - b)
  return {
    witnesses: near.length - 1,
    start: Math.min(line.start, starts[Math.floor(starts.length * 0.25)] ?? line.start),
    end: Math.max(line.end, ends[Math.floor((ends.length - 1) * 0.75)] ?? line.end),
    pitch: pitchOf(own) / em
  }
}

function pitchOf(lines: readonly Flow[]): number {
  const steps = lines.slice(1).map((flow, index) => flow.top - lines[index]!.top)
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0
}
