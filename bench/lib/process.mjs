// Runs a program and says what it cost: wall and CPU seconds of it and all its children, peak memory of the largest and of all together.
import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** @returns {Promise<{ status: number | null, seconds: number, cpuSeconds: number, peakMb: number, stdout: string }>} peakMb: resident, all processes together, sampled. */
export function measure(command, args, options = {}) {
  return new Promise((resolve) => {
    const start = performance.now()
    const before = process.resourceUsage()
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', options.debug ? 'inherit' : 'ignore'], ...options })
    let stdout = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    let peak = 0
    const sampler = setInterval(() => {
      peak = Math.max(peak, residentMb(child.pid))
    }, 50)
    child.on('close', (status) => {
      clearInterval(sampler)
      const cpu = childCpu(before)
      resolve({ status, seconds: (performance.now() - start) / 1000, cpuSeconds: cpu, peakMb: peak, stdout })
    })
  })
}

const ticksAtStart = childTicks()

/** User and system time of ended children and theirs (proc(5): cutime, cstime), in clock ticks of 10 ms. */
function childTicks() {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(fields[13]) + Number(fields[14])
  } catch {
    return 0
  }
}

let last = ticksAtStart
function childCpu() {
  const now = childTicks()
  const seconds = (now - last) / 100
  last = now
  return seconds
}

function residentMb(root) {
  if (process.platform !== 'linux') return 0
  const children = new Map()
  const resident = new Map()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const parent = Number(fields[1])
      children.set(parent, [...(children.get(parent) ?? []), Number(name)])
      resident.set(Number(name), (Number(fields[21]) * 4096) / 2 ** 20)
    } catch {
      // It ended while we looked.
    }
  }
  let sum = 0
  const walk = (pid) => {
    sum += resident.get(pid) ?? 0
    for (const child of children.get(pid) ?? []) walk(child)
  }
  walk(root)
  return sum
}

/** Whether a program is on the PATH. */
export function installed(command) {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined
}
