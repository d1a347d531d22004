import type { OutputFile } from '../output-file.ts'
import type { IssueEntry } from '../site/archive-pages.ts'
import { calendarDate, escapeMarkup } from './markup.ts'

/** How many issues a feed lists. */
const listed = 50

/** An Atom feed (RFC 4287) of the newest dated issues: `feed.xml`. Its time is that of the newest issue, not of the run. */
export function writeFeed(title: string, baseUrl: string, issues: readonly IssueEntry[]): OutputFile {
  const newest = issues
    .filter((issue) => calendarDate(issue.date))
    .slice(-listed)
    .reverse()
  const updated = timeOf(newest[0])
  const entries = newest.map((issue) => {
    const address = `${baseUrl}/${issue.path}`
    const name = [issue.title, issue.date, issue.edition].filter(Boolean).join(' ')
    return `<entry>
<id>${escapeMarkup(address)}</id>
<title>${escapeMarkup(name)}</title>
<link href="${escapeMarkup(address)}"/>
<published>${timeOf(issue)}</published>
<updated>${timeOf(issue)}</updated>
</entry>`
  })
  const content = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${escapeMarkup(`${baseUrl}/`)}</id>
<title>${escapeMarkup(title)}</title>
<author><name>${escapeMarkup(title)}</name></author>
<link rel="self" href="${escapeMarkup(`${baseUrl}/feed.xml`)}"/>
<link href="${escapeMarkup(`${baseUrl}/index.html`)}"/>
<updated>${updated}</updated>
${entries.join('\n')}
</feed>
`
  return { path: 'feed.xml', content }
}

function timeOf(issue: IssueEntry | undefined): string {
  return `${calendarDate(issue?.date) ?? '1970-01-01'}T00:00:00Z`
}
