// What all checks use: other programs, files, and the text that every format must say.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const cli = join(root, 'packages/cli/bin/broadsheet.js')

/** Runs a program; never throws. `output` is stdout and stderr. */
export function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 29, ...options })
  return { status, stdout: stdout ?? '', output: `${stdout ?? ''}${stderr ?? ''}${error ? error.message : ''}` }
}

export function broadsheet(...args) {
  return run(process.execPath, [cli, ...args], { env: { ...process.env, NO_COLOR: '1', SOURCE_DATE_EPOCH: '1767225600' } })
}

/** The advice to give when a program is not on this machine. */
export function lacks(program, advice = `apt-get install ${program}`) {
  return run('sh', ['-c', `command -v ${program}`]).status === 0 ? undefined : `${program} (${advice})`
}

/** The advice to give when a file of a suite is not there. */
export const lacksSuite = (context, advice, ...paths) => (context.find(...paths) ? undefined : advice)

export function filesBelow(folder, ending) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** One result a file: the fault is what the program says when it does not exit with 0. */
export function judge(files, command, args) {
  return files.map((file) => {
    const { status, output } = run(command, args(file))
    return { subject: file.split('/').slice(-3).join('/'), fault: status === 0 ? undefined : output || `exit code ${status}` }
  })
}

/** Text without blanks: what extraction by position cannot tell for sure. */
export const solid = (text) => text.replace(/[\s\ufeff]+/gu, '')

/** A result that compares two texts and says where they part. */
export function sameText(subject, expected, found) {
  if (expected === found) return { subject }
  let at = 0
  while (expected[at] === found[at]) at++
  const near = (text) => JSON.stringify(text.slice(Math.max(0, at - 12), at + 24))
  return { subject, fault: `another text from character ${at} on: expected ${near(expected)}, found ${near(found)}` }
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

export function unescapeXml(text) {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_, hex, decimal, name) =>
    name ? entities[name] : String.fromCodePoint(Number.parseInt(hex ?? decimal, hex ? 16 : 10))
  )
}
