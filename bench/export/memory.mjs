import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { multiplyIssue } from './many-pages.mjs'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const command = join(root, 'packages/cli/bin/broadsheet.js')

const jobs = {
  ...Object.fromEntries(
    ['dc', 'md', 'txt', 'alto', 'page', 'hocr', 'mets', 'tei', 'epub', 'pdf', 'iiif'].map((format) => [
      `export ${format}`,
      ({ folder, scans }, to) => ['export', folder, '-f', format, '--from', scans, '--to', to, '-q']
    ])
  ),
  bundle: ({ folder, scans }, to) => ['bundle', folder, '--from', scans, '--to', to, '--as', 'tar', '--date', '2024-01-01', '-q'],
  'verify that bundle': (_, to) => ['verify', join(to, readdirSync(to)[0]), '-q'],
  'publish, bags too': ({ folder, scans }, to) => ['publish', folder, '--from', scans, '--to', to, '--date', '2024-01-01', '-q'],
  'publish, again': ({ folder, scans }, to) => ['publish', folder, '--from', scans, '--to', to, '--date', '2024-01-01', '-q']
}

/** Peak memory and seconds of a command on issues of so many pages, each in a process of its own. */
export function measureMemory(folder, scans, counts, only) {
  const work = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  try {
    console.log(`peak memory in MB, and seconds, of an issue of ${counts.join(', ')} pages`)
    console.log('command'.padEnd(22), ...counts.flatMap((count) => [`${count}`.padStart(8), 's'.padStart(7)]), 'MB written'.padStart(11))
    const issues = counts.map((count) => multiplyIssue(folder, scans, count, join(work, String(count))))
    const chosen = Object.entries(jobs).filter(([name]) => only.length === 0 || only.some((word) => name.includes(word)))
    for (const [name, job] of chosen) {
      const cells = issues.map((issue, index) => measure(job, issue, join(work, 'to', String(counts[index]))))
      console.log(
        name.padEnd(22),
        ...cells.flatMap(({ peak, seconds }) => [peak.toFixed(0).padStart(8), seconds.toFixed(1).padStart(7)]),
        (sizeOf(join(work, 'to', String(counts.at(-1)))) / 1e6).toFixed(1).padStart(11)
      )
      if (!(name === 'bundle' || name === 'publish, bags too')) rmSync(join(work, 'to'), { recursive: true, force: true })
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function measure(job, issue, to) {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['--import', join(root, 'bench/lib/peak.mjs'), command, ...job(issue, to)], {
    encoding: 'utf8'
  })
  if (status !== 0) throw new Error(`Expected ${job(issue, to).join(' ')} to succeed but it ended with ${status}: ${stderr}`)
  return { peak: Number(/peak (\d+)/.exec(stderr)[1]) / 1000, seconds: (performance.now() - start) / 1000 }
}

const sizeOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
