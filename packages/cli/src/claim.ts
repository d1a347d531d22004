import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import { exists } from './files.ts'

interface Claimant {
  readonly pid: number
  readonly host: string
  /** Start of the process in the kernel's own ticks, so that a re-used pid is not taken for the old run. */
  readonly started: string
}

/**
 * One run at a time writes to an output. Every run lays down a claim and looks for others: one that meets the claim of a
 * living process withdraws. Claims of dead processes are swept away, so a killed run never needs cleaning up by hand.
 *
 * @returns a function that gives the claim back.
 * @throws Failure when another run holds the output.
 */
export async function claimOutput(folder: string): Promise<() => Promise<void>> {
  await makeFolder(folder)
  const own = join(folder, `${process.pid}-${randomBytes(4).toString('hex')}.json`)
  for (let attempt = 0; ; attempt++) {
    await writeFile(own, JSON.stringify({ pid: process.pid, host: hostname(), started: startOf(process.pid) }))
    const rival = await findRival(folder, own)
    if (!rival) return () => rm(own, { force: true })
    await rm(own, { force: true })
    if (attempt === 3)
      throw new Failure(
        `Another run (process ${rival.pid} on ${rival.host}) is writing here; wait for it or choose another --out.`,
        exitCodes.busy
      )
    // Two that start together both withdraw; unequal waits let one of them in.
    await sleep(40 + (process.pid % 97) * 3)
  }
}

/** On a read-only disk a recursive mkdir says ENOENT; a plain one says what is the matter. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch(async (error) => {
    if (error.code === 'ENOENT')
      for (let path = folder; path !== dirname(path); path = dirname(path)) if (await exists(dirname(path))) await mkdir(path)
    throw error
  })
}

async function findRival(folder: string, own: string): Promise<Claimant | undefined> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (path === own) continue
    const claimant = await readClaim(path)
    if (claimant && isAlive(claimant)) return claimant
    await rm(path, { force: true })
  }
  return undefined
}

/** A claim cut short by a crash is nobody's; one being written this instant is read a moment later. */
async function readClaim(path: string): Promise<Claimant | undefined> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return JSON.parse(await readFile(path, 'utf8')) as Claimant
    } catch {
      await sleep(20)
    }
  }
  return undefined
}

function isAlive(claimant: Claimant): boolean {
  // Another machine on a shared disk: its processes cannot be seen, so its word counts.
  if (claimant.host !== hostname()) return true
  try {
    process.kill(claimant.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const started = startOf(claimant.pid)
  return started === '' || claimant.started === '' || started === claimant.started
}

/** Field 22 of /proc/<pid>/stat (proc(5)); '' where there is no /proc. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
