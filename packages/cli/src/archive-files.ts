import { blockText, type CleanPage, type Issue, rawPageText } from '@broadsheet/document'
import { toJsonLines } from './json-lines.ts'
import type { OutputFile } from './output-folder.ts'

/** What stands beside the Markdown: the record from which everything else can be made again. */
export function archiveFiles(issue: Issue, pages: readonly CleanPage[]): OutputFile[] {
  return [{ path: 'issue.json', content: `${JSON.stringify(issue, null, 2)}\n` }, ...pages.flatMap(pageFiles)]
}

function pageFiles(clean: CleanPage): OutputFile[] {
  const folder = `pages/${clean.page.id}`
  return [
    { path: `${folder}/page.json`, content: `${JSON.stringify(clean.page)}\n` },
    { path: `${folder}/raw.txt`, content: rawPageText(clean.page) },
    { path: `${folder}/clean.txt`, content: clean.blocks.map((block) => `${blockText(block)}\n`).join('\n') },
    { path: `${folder}/changes.jsonl`, content: toJsonLines(clean.changes) }
  ]
}
