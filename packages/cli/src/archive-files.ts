import { blockText, type CleanPage, type Issue, rawPageText } from '@broadsheet/document'
import type { Answer } from '@broadsheet/normalize'
import { toJsonLines } from './json-lines.ts'
import type { OutputFile } from './output-folder.ts'

/** What stands beside the Markdown: the record from which everything else can be made again. */
export function archiveFiles(issue: Issue, pages: readonly CleanPage[], answers: ReadonlyMap<string, readonly Answer[]>): OutputFile[] {
  const record = { path: 'issue.json', content: `${JSON.stringify(issue, null, 2)}\n` }
  return [record, ...pages.flatMap((clean) => pageFiles(clean, answers.get(clean.page.id) ?? []))]
}

function pageFiles(clean: CleanPage, answers: readonly Answer[]): OutputFile[] {
  const folder = `pages/${clean.page.id}`
  return [
    { path: `${folder}/page.json`, content: `${JSON.stringify(clean.page)}\n` },
    { path: `${folder}/raw.txt`, content: rawPageText(clean.page) },
    { path: `${folder}/clean.txt`, content: clean.blocks.map((block) => `${blockText(block)}\n`).join('\n') },
    { path: `${folder}/changes.jsonl`, content: toJsonLines(clean.changes) },
    ...(answers.length === 0 ? [] : [{ path: `${folder}/answers.jsonl`, content: toJsonLines(answers) }])
  ]
}
