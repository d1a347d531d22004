import { SingleBar } from 'cli-progress'
import pc from 'picocolors'
import { padCells, plain } from './plain.ts'
import type { RunWatch } from './run.ts'

/** How a run shows itself: a bar on a terminal, a line a page elsewhere, nothing when quiet. All on stderr. */
export interface Progress extends RunWatch {
  readonly stop: () => void
}

export function createProgress(options: { readonly files: number; readonly quiet: boolean; readonly bar: boolean }): Progress {
  const bar = options.bar && !options.quiet ? startBar(options.files) : undefined
  const parts = new Map<string, number>()
  let finished = 0
  const show = (): void => bar?.update(Math.min(options.files, finished + [...parts.values()].reduce((sum, part) => sum + part, 0)))
  const line = (text: string): void => {
    if (bar) process.stderr.write('\r\u001b[K')
    process.stderr.write(`${text}\n`)
  }
  return {
    pageProgress(issue, file, done, total) {
      parts.set(`${issue.id}/${file.pageId}`, total === 0 ? 0 : Math.min(0.99, done / total))
      show()
    },
    pageDone(issue, outcome) {
      parts.delete(`${issue.id}/${outcome.page}`)
      finished++
      const name = `${issue.id}/${outcome.page}`
      if (outcome.state === 'failed') line(`${pc.red('failed')} ${plain(outcome.message ?? name)}`)
      else if (!bar && !options.quiet)
        line(
          `${padCells(plain(name), 40)} ${outcome.read ? 'read' : 'kept'}  ${outcome.applied} applied  ${outcome.proposed} proposed  ${outcome.flagged} flagged  ${outcome.grade ?? ''}  ${(outcome.seconds ?? 0).toFixed(1)} s`
        )
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

function startBar(total: number): SingleBar {
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{bar} {percentage} %  {value} of {total} files  {duration_formatted}',
    hideCursor: true,
    clearOnComplete: true,
    formatValue: (value, _options, type) => (type === 'value' ? String(Math.floor(value)) : String(value))
  })
  bar.start(total, 0)
  return bar
}
