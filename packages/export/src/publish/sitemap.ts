import type { OutputFile } from '../output-file.ts'
import type { IssueEntry } from '../site/archive-pages.ts'
import { escapeMarkup } from './markup.ts'

/** The most addresses a sitemap may hold. */
const limit = 50_000

/** `sitemap.xml` (sitemaps.org 0.9) of the front and every issue; in several files with an index where there are more than 50,000. */
export function writeSitemap(baseUrl: string, issues: readonly IssueEntry[]): OutputFile[] {
  const paths = ['index.html', ...issues.map((issue) => issue.path)]
  if (paths.length <= limit) return [{ path: 'sitemap.xml', content: list('urlset', 'url', baseUrl, paths) }]
  const parts: OutputFile[] = []
  for (let at = 0; at < paths.length; at += limit)
    parts.push({ path: `sitemap-${parts.length + 1}.xml`, content: list('urlset', 'url', baseUrl, paths.slice(at, at + limit)) })
  return [
    {
      path: 'sitemap.xml',
      content: list(
        'sitemapindex',
        'sitemap',
        baseUrl,
        parts.map((part) => part.path)
      )
    },
    ...parts
  ]
}

function list(root: string, item: string, baseUrl: string, paths: readonly string[]): string {
  const items = paths.map((path) => `<${item}><loc>${escapeMarkup(`${baseUrl}/${path}`)}</loc></${item}>`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${items.join('\n')}\n</${root}>\n`
}
