import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'

/**
 * An issue of `count` pages made of the pages of a smaller one, each with a scan of its own (the same picture, some bytes
 * longer, so that no digest comes twice).
 *
 * @returns {{ folder: string, scans: string }} the issue in an output, and the folder that holds its folder of scans
 */
export function multiplyIssue(folder, scans, count, to) {
  const issue = JSON.parse(readFileSync(join(folder, 'issue.json'), 'utf8'))
  const known = issue.pages.filter((page) => page.state.stage !== 'failed')
  const id = `${issue.id}-${count}`
  const made = { folder: join(to, 'output', id), scans: join(to, 'scans') }
  mkdirSync(join(made.scans, id), { recursive: true })
  const copies = Math.ceil(count / known.length)
  const pages = []
  const articles = []
  for (let copy = 0; copy < copies; copy++) {
    const prefix = `c${String(copy + 1).padStart(3, '0')}-`
    const names = new Map(known.map((page) => [page.id, prefix + page.id]))
    const chosen = known.slice(0, count - pages.length)
    for (const page of chosen) copyPage(join(folder, 'pages', page.id), names.get(page.id), scans, join(made.scans, id), made.folder, copy)
    pages.push(...chosen.map((page) => rename({ ...page, label: undefined }, names)))
    const kept = new Set(chosen.map((page) => page.id))
    articles.push(
      ...issue.articles
        .filter((article) => article.pages.every((page) => kept.has(page)))
        .map((article) => rename({ ...article, id: prefix + article.id }, names))
    )
  }
  writeFileSync(join(made.folder, 'issue.json'), JSON.stringify({ ...issue, id, pages, articles }))
  return made
}

function copyPage(folder, name, scans, scansTo, to, copy) {
  const target = join(to, 'pages', name)
  cpSync(folder, target, { recursive: true })
  const page = JSON.parse(readFileSync(join(folder, 'page.json'), 'utf8'))
  if (page.image) {
    const bytes = Buffer.concat([readFileSync(join(scans, page.image.href)), Buffer.from(String(copy))])
    const href = `${name}${extname(page.image.href)}`
    writeFileSync(join(scansTo, href), bytes)
    page.image = { ...page.image, href, sha256: createHash('sha256').update(bytes).digest('hex') }
  }
  writeFileSync(join(target, 'page.json'), JSON.stringify({ ...page, id: name }))
}

/** Page ids stand in `page`, in `pages` and, of a page of the issue, in `id`. */
function rename(value, names) {
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'string' ? (names.get(item) ?? item) : rename(item, names)))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      (key === 'page' || key === 'id') && typeof item === 'string' ? (names.get(item) ?? item) : rename(item, names)
    ])
  )
}
