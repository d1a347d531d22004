import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { OutputFile } from '../output-file.ts'

const own = ['site.css', 'site.js', 'viewer.js', 'search.js']

/** Style, scripts, and the deep-zoom viewer as it comes from its package: all that a page of the site ever loads. */
export async function siteAssets(): Promise<OutputFile[]> {
  const folder = new URL('../../data/site/', import.meta.url)
  const viewer = dirname(createRequire(import.meta.url).resolve('openseadragon/package.json'))
  const read = async (name: string, file: string | URL): Promise<OutputFile> => ({ path: `assets/${name}`, content: await readFile(file) })
  return Promise.all([
    ...own.map((name) => read(name, new URL(name, folder))),
    withoutSourceMap(read('openseadragon.min.js', join(viewer, 'build', 'openseadragon', 'openseadragon.min.js'))),
    read('openseadragon-LICENSE.txt', join(viewer, 'LICENSE.txt'))
  ])
}

/** The map is not part of the site: a browser's tools would ask for it. */
async function withoutSourceMap(file: Promise<OutputFile>): Promise<OutputFile> {
  const { path, content } = await file
  return {
    path,
    content: Buffer.from(content as Uint8Array)
      .toString('utf8')
      .replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n')
  }
}
