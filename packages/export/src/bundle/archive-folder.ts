import { error, type Finding, warning } from './finding.ts'
import { pathFault } from './paths.ts'
import type { Limits } from './stored-files.ts'

/** Collects what an archive lists, and finds the one folder that the bundle lies in. */
export interface Listing {
  readonly add: (path: string, size: number, kind: 'file' | 'folder' | 'other') => void
  /** Sizes by path inside the bundle; `inside` gives that path, or undefined for what is not of it. */
  readonly finish: () => {
    files: Map<string, number>
    folders: Set<string>
    findings: Finding[]
    inside: (path: string) => string | undefined
  }
}

export function createListing(limits: Limits, declaration: RegExp): Listing {
  const all = new Map<string, number>()
  const folders = new Set<string>()
  const findings: Finding[] = []
  return {
    add: (written, size, kind) => {
      const path = kind === 'folder' ? written.replace(/\/+$/, '') : written
      if (kind === 'folder' && (path === '' || path === '.')) return
      const fault = pathFault(path.replace(/^\.\//, ''))
      const name = path.replace(/^\.\//, '')
      if (fault) findings.push(error('unsafe', `A name of the archive: ${fault}.`, path))
      else if (kind === 'other') findings.push(error('unsafe', 'A link, pipe or device; it was not opened.', name))
      else if (kind === 'folder') folders.add(name)
      else if (all.has(name)) findings.push(error('unsafe', 'The archive holds this file twice.', name))
      else if (all.size >= limits.maxFiles) findings.push(error('unsafe', `More than ${limits.maxFiles} files.`))
      else all.set(name, size)
    },
    finish: () => {
      const root = rootOf([...all.keys()], declaration)
      if (root === '' && [...all.keys()].some((path) => declaration.test(path)))
        findings.push(warning('The archive holds the bundle without a folder of its own.'))
      const prefix = root ? `${root}/` : ''
      const inside = (path: string): string | undefined => {
        const name = path.replace(/^\.\//, '')
        return name.startsWith(prefix) ? name.slice(prefix.length) : undefined
      }
      const files = new Map<string, number>()
      for (const [path, size] of all) {
        const name = inside(path)
        if (name === undefined) findings.push(error('extra', 'It lies beside the bundle.', path))
        else files.set(name, size)
      }
      return { files, folders: new Set([...folders].flatMap((folder) => inside(folder) ?? [])), findings, inside }
    }
  }
}

/** The folder nearest the top that holds the declaration; '' for the top itself. */
function rootOf(paths: readonly string[], declaration: RegExp): string {
  const found = paths.filter((path) => declaration.test(path.slice(path.lastIndexOf('/') + 1))).sort((a, b) => depth(a) - depth(b))
  return found[0]?.slice(0, Math.max(0, found[0].lastIndexOf('/'))) ?? ''
}

function depth(path: string): number {
  return path.split('/').length
}
