import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import type { PlannedFile, PlannedIssue } from '../src/plan.ts'
import { createProgress } from '../src/progress.ts'

/** What stands on a terminal of `width` cells after `written`: carriage return, new line and the few sequences a bar uses. */
function screen(written: string, width: number): string[] {
  const lines = ['']
  let [row, column, saved] = [0, 0, [0, 0] as [number, number]]
  const put = (char: string): void => {
    if (column === width) newLine()
    lines[row] = (lines[row] ?? '').padEnd(column).slice(0, column) + char + (lines[row] ?? '').slice(column + 1)
    column++
  }
  const newLine = (): void => {
    row++
    column = 0
    lines[row] ??= ''
  }
  for (const [token] of written.matchAll(/\u001b\[\??(\d*)([A-Za-z])|\u001b[78]|[\s\S]/g)) {
    if (token === '\r' || /G$/.test(token)) column = 0
    else if (token === '\n') newLine()
    else if (token === '\u001b7') saved = [row, column]
    else if (token === '\u001b8') [row, column] = saved
    else if (/K$/.test(token)) lines[row] = token.includes('2') ? '' : lines[row]!.slice(0, column)
    else if (/J$/.test(token)) lines.splice(row, Number.POSITIVE_INFINITY, lines[row]!.slice(0, column))
    else if (!token.startsWith('\u001b')) put(token)
  }
  return lines.map((line) => line.trimEnd()).filter((line) => line !== '')
}

function fakeTerminal(): { stream: NodeJS.WriteStream; text: () => string } {
  let text = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk
      done()
    }
  })
  return { stream: Object.assign(stream, { isTTY: true, columns: 60 }) as unknown as NodeJS.WriteStream, text: () => text }
}

const issue = { id: 'paper' } as PlannedIssue
const file = (pageId: string): PlannedFile => ({ pageId, path: pageId, name: pageId, kind: 'text' })
const long = 'scans/paper/p1.jpg: is empty; copy it again from where it came'

test('what is said while a bar stands is whole when the bar is gone', async () => {
  const { stream, text } = fakeTerminal()
  const progress = createProgress({ files: 2, quiet: false, bar: true, stream })
  progress.pageDone(issue, { page: 'p1', state: 'failed', message: long })
  progress.fileDone(issue, file('p1'))
  await new Promise((resolve) => setTimeout(resolve, 250))
  expect(text()).toContain('1 of 2 files')
  progress.note('p2 stands on its head')
  progress.pageProgress(issue, file('p2'), 3, 4)
  progress.fileDone(issue, file('p2'))
  progress.stop()
  stream.write('summary\n')
  expect(screen(text(), 60).join('')).toBe(`failed ${long}note p2 stands on its headsummary`)
})

test('without a bar: a line a page; quiet: failures only', () => {
  const [plain, quiet] = [fakeTerminal(), fakeTerminal()]
  for (const [terminal, isQuiet] of [
    [plain, false],
    [quiet, true]
  ] as const) {
    const progress = createProgress({ files: 2, quiet: isQuiet, bar: false, stream: terminal.stream })
    progress.pageDone(issue, { page: 'p1', state: 'failed', message: long })
    progress.pageDone(issue, { page: 'p2', state: 'done', read: true, applied: 3, proposed: 1, flagged: 0, grade: 'B', seconds: 1.25 })
    progress.stop()
  }
  // Colour follows the caller's environment (FORCE_COLOR); the words do not.
  expect(stripVTControlCharacters(quiet.text())).toBe(`failed ${long}\n`)
  expect(stripVTControlCharacters(plain.text())).toMatch(/\npaper\/p2 +read {5}3 applied {2}1 proposed {2}0 flagged {2}B {2}1\.3 s\n$/)
})
