import type { OutputFile, OutputStream } from '../../src/output-file.ts'
import { type SiteIssue, type SiteOptions, writeSite } from '../../src/site/site.ts'
import { type MadeIssue, makeIssue } from '../publish/made-issue.ts'

export async function madeSiteIssue(options: Parameters<typeof makeIssue>[0] = {}): Promise<SiteIssue & { readonly made: MadeIssue }> {
  const made = await makeIssue(options)
  return { issue: made.issue, pages: made.pages, imageOf: async (id) => made.images.get(id), made }
}

/** Every file of a site by its path; throws where a path comes twice. */
export async function collectSite(issues: readonly SiteIssue[], options: SiteOptions = {}): Promise<Map<string, OutputFile['content']>> {
  const files = new Map<string, OutputFile['content']>()
  for await (const file of writeSite({ issues }, options)) {
    if (files.has(file.path)) throw new Error(`${file.path} comes twice`)
    files.set(file.path, 'open' in file ? await collect(file.open()) : file.content)
  }
  return files
}

async function collect(pieces: ReturnType<OutputStream['open']>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const piece of pieces) chunks.push(Buffer.from(piece))
  return Buffer.concat(chunks)
}
