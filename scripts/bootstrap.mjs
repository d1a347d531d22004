// Sets up a fresh clone: pnpm in the pinned version, the packages, the build. Runs before anything is installed, so it has
// no dependencies. Does nothing twice: a stamp names the Node, the pin and the lockfile that were installed last.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const stampFile = 'node_modules/.bootstrap'

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))
requireNode(20, 19)
const pin = JSON.parse(readFileSync('package.json', 'utf8')).packageManager
const stamp = createHash('sha256').update(pin).update(process.version).update(readFileSync('pnpm-lock.yaml')).digest('hex')
if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
  install()
  writeFileSync(stampFile, stamp)
}
run(process.execPath, ['node_modules/typescript/bin/tsc', '-b'])

function requireNode(major, minor) {
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number)
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return
  console.error(
    `Broadsheet needs Node ${major}.${minor} or newer; this is ${process.version}. Install Node 22 or 24 from nodejs.org and run the command again.`
  )
  process.exit(1)
}

function install() {
  const flags = ['install', '--frozen-lockfile', '--config.confirm-modules-purge=false']
  const agent = process.env.npm_config_user_agent ?? ''
  const tool = process.env.npm_execpath ?? ''
  const script = /\.[cm]?js$/.test(tool)
  // Started by a pnpm of the house's own (pnpm start): use that one.
  if (agent.startsWith('pnpm/')) return run(script ? process.execPath : tool || 'pnpm', [...(script ? [tool] : []), ...flags])
  const npm = script && agent.startsWith('npm/') ? [process.execPath, tool] : ['npm']
  run(npm[0], [...npm.slice(1), 'exec', '--yes', `--package=${pin}`, '--', 'pnpm', ...flags])
}

function run(command, args) {
  const result = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' && command === 'npm' })
  if (result.status === 0) return
  console.error(`Set-up stopped: ${command} ${args.join(' ')} ended with ${result.status ?? result.signal ?? result.error}.`)
  process.exit(result.status ?? 1)
}
