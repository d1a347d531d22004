// pnpm bench <name> [arguments]: one file a question; each prints what it measured. Needs a build (npm start makes one).
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const folder = dirname(fileURLToPath(import.meta.url))
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.mjs') && name !== 'bench.mjs')
  .map((name) => name.slice(0, -4))
const [name, ...args] = process.argv.slice(2)
if (!names.includes(name)) {
  console.error(`Expected one of ${names.join(', ')} but received ${name ?? 'nothing'}.`)
  process.exit(2)
}
const { default: bench } = await import(pathToFileURL(join(folder, `${name}.mjs`)).href)
await bench(args)
