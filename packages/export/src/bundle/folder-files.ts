import { createReadStream } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { sep } from 'node:path'
import { error, type Finding } from './finding.ts'
import type { Limits, StoredFiles } from './stored-files.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A bundle that is a folder. Links are not followed, pipes and devices not opened, whatever the manifest says. */
export async function openFolderFiles(root: string, limits: Limits): Promise<StoredFiles> {
  const files = new Map<string, number>()
  const folders = new Set<string>()
  const findings: Finding[] = []
  const waiting = ['']
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const name of await namesIn(root, folder, findings)) {
      const path = folder === '' ? name : `${folder}/${name}`
      const stats = await lstat(realPath(root, path))
      if (stats.isDirectory()) {
        folders.add(path)
        waiting.push(path)
      } else if (stats.isFile()) files.set(path, stats.size)
      else
        findings.push(
          error('unsafe', stats.isSymbolicLink() ? 'A link; it was not followed.' : 'A device or pipe; it was not opened.', path)
        )
    }
    if (files.size > limits.maxFiles) {
      findings.push(error('unsafe', `More than ${limits.maxFiles} files.`))
      break
    }
  }
  return {
    files,
    folders,
    findings,
    read: async (wanted, each) => {
      for (const path of wanted) if (files.has(path)) await each(path, createReadStream(realPath(root, path), { highWaterMark: 1 << 18 }))
    }
  }
}

async function namesIn(root: string, folder: string, findings: Finding[]): Promise<string[]> {
  const names = await readdir(realPath(root, folder), { encoding: 'buffer' })
  return names
    .flatMap((name) => {
      try {
        return decoder.decode(name)
      } catch {
        findings.push(error('unsafe', `A name that is not UTF-8: ${name.toString('latin1')}`, folder))
        return []
      }
    })
    .sort()
}

function realPath(root: string, path: string): string {
  return path === '' ? root : `${root}${sep}${path.split('/').join(sep)}`
}
