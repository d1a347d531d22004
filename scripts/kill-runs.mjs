// node scripts/kill-runs.mjs [--kills 50] [--scans scans] [--engine auto] [--seed 1]
// Kills runs with SIGKILL at random moments and takes each up again. After every kill: every file under its final name is
// one that the uninterrupted run has too, byte for byte. At the end: the same tree, nothing left on the workbench.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const main = join(root, 'packages/cli/dist/main.js')
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    scans: { type: 'string', default: join(root, 'scans') },
    engine: { type: 'string', default: 'auto' },
    seed: { type: 'string', default: '1' }
  }
})

const random = generator(Number(values.seed))
const reference = mkdtempSync(join(tmpdir(), 'broadsheet-reference-'))
const start = performance.now()
await run(reference)
const whole = performance.now() - start
const expected = tree(reference)
console.log(`uninterrupted: ${Object.keys(expected).length} files in ${(whole / 1000).toFixed(1)} s`)

let kills = 0
let rounds = 0
while (kills < Number(values.kills)) {
  const out = mkdtempSync(join(tmpdir(), 'broadsheet-killed-'))
  let left = 4
  for (;;) {
    const ended = left-- > 0 && kills < Number(values.kills) ? await run(out, random() * whole * 1.1) : await run(out)
    compare(tree(out), expected, ended)
    if (ended) break
    kills++
  }
  const workbench = join(out, '.broadsheet/tmp')
  if (existsSync(workbench) && readdirSync(workbench).length > 0) fail(`left on the workbench: ${readdirSync(workbench)}`)
  rmSync(out, { recursive: true })
  rounds++
}
rmSync(reference, { recursive: true })
console.log(`${kills} kills in ${rounds} rounds: nothing half-written was ever visible, and every round ended with the same bytes`)

function run(out, killAfter) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, 'run', values.scans, '--out', out, '--engine', values.engine, '--quiet'], {
      stdio: 'inherit',
      detached: true
    })
    const timer = killAfter === undefined ? undefined : setTimeout(() => process.kill(-child.pid, 'SIGKILL'), killAfter)
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      if (signal === null && code !== 0) fail(`the run ended with ${code}`)
      resolve(signal === null)
    })
  })
}

/** Path → digest of everything but claims, workbench and ledgers (which name what is under way). */
function tree(folder) {
  const digests = {}
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1)
    if (!entry.isFile() || /^\.broadsheet.(claims|tmp|ledgers)/.test(path)) continue
    digests[path] = createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex')
  }
  return digests
}

function compare(found, expected, complete) {
  for (const [path, digest] of Object.entries(found)) if (expected[path] !== digest) fail(`${path} is not what the uninterrupted run wrote`)
  if (complete) for (const path of Object.keys(expected)) if (!(path in found)) fail(`${path} is missing`)
}

function fail(message) {
  console.error(`failed: ${message}`)
  process.exit(1)
}

function generator(seed) {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
