import type { Article, Issue } from '@broadsheet/document'
import { createXmlWriter, type XmlWriter } from './xml-writer.ts'

const dc = 'http://purl.org/dc/elements/1.1/'

/** Dublin Core of an issue (in the envelope of OAI-PMH, `oai_dc:dc`), or of one of its articles. */
export function writeDublinCore(issue: Issue, article?: Article): string {
  const xml = createXmlWriter()
  xml.open('oai_dc:dc', { 'xmlns:oai_dc': 'http://www.openarchives.org/OAI/2.0/oai_dc/', 'xmlns:dc': dc })
  writeElements(xml, article ? articleElements(issue, article) : issueElements(issue))
  xml.close()
  return xml.finish()
}

/** The same elements inside another document. */
export function writeElements(
  xml: XmlWriter,
  elements: readonly (readonly [name: string, value: string | undefined])[],
  attributes = {}
): void {
  for (const [name, value] of elements) if (value !== undefined && value !== '') xml.element(`dc:${name}`, attributes, value)
}

export function issueElements(issue: Issue): [string, string | undefined][] {
  return [
    ['title', [issue.title, issue.date, issue.edition].filter(Boolean).join(' ')],
    ['publisher', issue.publisher],
    ['date', issue.date],
    ['type', 'Text'],
    ['format', 'newspaper issue'],
    ['identifier', issue.id],
    ['language', issue.language],
    ['rights', issue.rights]
  ]
}

export function articleElements(issue: Issue, article: Article): [string, string | undefined][] {
  const subtitle = [article.kicker, article.deck].filter((text) => text !== undefined && text !== '')
  return [
    ['title', article.heading],
    ...subtitle.map((text): [string, string | undefined] => ['title', text]),
    ...article.credits.map((credit): [string, string] => [
      credit.role === 'reporter' || credit.role === 'author' ? 'creator' : 'contributor',
      credit.name
    ]),
    ['date', issue.date],
    ['type', 'Text'],
    ['identifier', article.id],
    ['source', issue.id],
    ['language', issue.language],
    ['rights', issue.rights]
  ]
}
