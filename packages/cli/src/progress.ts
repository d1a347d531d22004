import { MultiBar } from 'cli-progress'
import pc from 'picocolors'
import { padCells, plain } from './plain.ts'
import type { RunWatch } from './run.ts'
import type { PageOutcome } from './summary.ts'

/** How a run shows itself: a bar on a terminal, a line a page elsewhere, nothing but failures when quiet. All on stderr. */
export interface Progress extends RunWatch {
  /** Takes the bar away; what was said stays. */
  readonly stop: () => void
}

export interface ProgressOptions {
  readonly files: number
  readonly quiet: boolean
  readonly bar: boolean
  readonly stream?: NodeJS.WriteStream
}

export function createProgress(options: ProgressOptions): Progress {
  const stream = options.stream ?? process.stderr
  const bar = options.bar && !options.quiet ? startBar(options.files, stream) : undefined
  const parts = new Map<string, number>()
  let finished = 0
  const show = (): void => bar?.update(Math.min(options.files, finished + [...parts.values()].reduce((sum, part) => sum + part, 0)))
  // The bar stands on the line that is overwritten here; it is drawn again below.
  const line = (text: string): void => void stream.write(`${bar ? '\r\u001b[K' : ''}${text}\n`)
  return {
    pageProgress(issue, file, done, total) {
      parts.set(`${issue.id}/${file.pageId}`, total === 0 ? 0 : Math.min(0.99, done / total))
      show()
    },
    pageDone(issue, outcome) {
      const name = `${issue.id}/${outcome.page}`
      if (outcome.state === 'failed') line(`${pc.red('failed')} ${plain(outcome.message ?? name)}`)
      else if (!bar && !options.quiet) line(describePage(name, outcome))
    },
    fileDone(issue, file) {
      parts.delete(`${issue.id}/${file.pageId}`)
      finished++
      show()
    },
    note(text) {
      if (!options.quiet) line(`${pc.yellow('note')} ${plain(text)}`)
    },
    stop() {
      bar?.stop()
    }
  }
}

function describePage(name: string, outcome: PageOutcome): string {
  const { read, cleaned, applied, proposed, flagged, grade, seconds } = outcome
  const how = read ? 'read' : cleaned ? 'cleaned' : 'kept'
  return `${padCells(plain(name), 40)} ${how.padEnd(7)}  ${applied} applied  ${proposed} proposed  ${flagged} flagged  ${grade ?? ''}  ${(seconds ?? 0).toFixed(1)} s`
}

interface Bar {
  readonly update: (value: number) => void
  readonly stop: () => void
}

// MultiBar, for one bar: SingleBar goes back to where it began when it stops, over the lines written since. With `linewrap`
// the terminal's own wrapping stays on; without, a long line about a failed page would be cut at the edge.
function startBar(total: number, stream: NodeJS.WriteStream): Bar {
  const bars = new MultiBar({
    stream,
    barsize: 24,
    format: '{bar} {percentage} %  {value} of {total} files  {duration_formatted}',
    hideCursor: true,
    linewrap: true,
    clearOnComplete: true,
    formatValue: (value, _options, type) => (type === 'value' ? String(Math.floor(value)) : String(value))
  })
  const bar = bars.create(total, 0)
  return { update: (value) => bar.update(value), stop: () => bars.stop() }
}
