import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

/** What docs/architecture.md says of the house, checked on the sources. */
const root = fileURLToPath(new URL('..', import.meta.url))

const mayEnter: Readonly<Record<string, readonly string[]>> = {
  document: [],
  ocr: ['document'],
  normalize: ['document'],
  compare: ['document'],
  export: ['document'],
  cli: ['document', 'ocr', 'normalize', 'compare', 'export']
}

/** Libraries that may be imported in one place only. */
const homes: readonly (readonly [library: RegExp, home: RegExp])[] = [
  [/^sharp$/, /^packages\/(ocr\/src\/(image|sources|overlay)|export\/src\/(pdf|epub|iiif|site|publish))/],
  [/^tesseract\.js$/, /^packages\/ocr\/src\/engines\/tesseract/],
  [/^onnxruntime-/, /^packages\/ocr\/src\/engines\/paddle\//],
  [/^@hyzyla\/pdfium$|^@cornerstonejs\//, /^packages\/ocr\/src\/sources\//],
  [/^diff$/, /^packages\/compare\/src\//],
  [/^(unified|remark-|mdast)/, /^packages\/export\/src\/markdown\//],
  [/^commander$|^cli-progress$|^zod$/, /^packages\/cli\/src\//]
]

const edges =
  /^packages\/(cli|ocr\/src\/(engines|sources|image)|export\/src\/(bundle|pdf|epub|iiif|site|publish)|normalize\/src\/(language|profile)|normalize\/scripts)/

interface Source {
  readonly path: string
  readonly pkg: string
  readonly imports: readonly string[]
  readonly text: string
}

const sources: Source[] = Object.keys(mayEnter).flatMap((pkg) =>
  (readdirSync(join(root, 'packages', pkg, 'src'), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const path = `packages/${pkg}/src/${name.replaceAll('\\', '/')}`
      const text = readFileSync(join(root, path), 'utf8')
      return {
        path,
        pkg,
        text,
        imports: [...text.matchAll(/^(?:import|export)\b[^'\n]*?(?:from )?'([^']+)'|^\} from '([^']+)'|\bimport\('([^']+)'\)/gm)].map(
          (match) => (match[1] ?? match[2] ?? match[3])!
        )
      }
    })
)

describe('the house', () => {
  test.each(Object.keys(mayEnter))('%s enters only the rooms it may', (pkg) => {
    const strays = sources
      .filter((source) => source.pkg === pkg)
      .flatMap((source) =>
        source.imports
          .filter((name) => name.startsWith('@broadsheet/') && !mayEnter[pkg]!.includes(name.slice(12).split('/')[0]!))
          .map((name) => `${source.path} → ${name}`)
      )
    expect(strays).toEqual([])
  })
  test('every library has one home', () => {
    const strays = sources.flatMap((source) =>
      source.imports
        .filter((name) => homes.some(([library, home]) => library.test(name) && !home.test(source.path)))
        .map((name) => `${source.path} → ${name}`)
    )
    expect(strays).toEqual([])
  })
  test('only the edges touch the disk and other processes', () => {
    const strays = sources.flatMap((source) =>
      source.imports
        .filter((name) => /^node:(fs|child_process|net|http|os|worker_threads)/.test(name) && !edges.test(source.path))
        .map((name) => `${source.path} → ${name}`)
    )
    expect(strays).toEqual([])
  })
  test('nothing but the command line knows what time it is, and nothing rolls dice', () => {
    const strays = sources
      .filter((source) => source.pkg !== 'cli' && /\bDate\.now\(|new Date\(\)|Math\.random\(/.test(source.text))
      .map((source) => source.path)
    expect(strays).toEqual([])
  })
  test('every package is publishable: licence, engines, files, ESM, types', () => {
    for (const pkg of Object.keys(mayEnter)) {
      const manifest = JSON.parse(readFileSync(join(root, 'packages', pkg, 'package.json'), 'utf8'))
      expect(manifest).toMatchObject({
        name: `@broadsheet/${pkg}`,
        type: 'module',
        license: 'Apache-2.0',
        engines: { node: '>=20.19' },
        sideEffects: false
      })
      expect(manifest.files).toContain('dist')
      if (pkg !== 'cli') expect(manifest.exports['.']).toMatchObject({ types: './dist/index.d.ts', default: './dist/index.js' })
      expect(readFileSync(join(root, 'packages', pkg, 'README.md'), 'utf8')).toMatch(/^# @broadsheet\//)
    }
  })
})
