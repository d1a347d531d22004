import type { Issue } from '@broadsheet/document'
import { escapeMarkup } from '../publish/markup.ts'
import { issueTitle } from '../publish/titles.ts'
import type { Chapter } from './epub.ts'

/** What the package document is made of. */
export interface Book {
  readonly issue: Issue
  readonly language: string
  readonly identifier: string
  readonly modified: string
  readonly day?: string
  readonly chapters: readonly Chapter[]
  readonly vertical: boolean
  readonly cover: boolean
}

/** The package document (EPUB 3.3, 5): metadata, all files, and their order. */
export function writePackage(book: Book): string {
  const manifest = [
    '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
    '<item id="style" href="style.css" media-type="text/css"/>',
    ...(book.cover ? ['<item id="cover-image" href="cover.jpg" media-type="image/jpeg" properties="cover-image"/>'] : []),
    ...book.chapters.map(
      (chapter, index) => `<item id="c${index + 1}" href="${escapeMarkup(chapter.path)}" media-type="application/xhtml+xml"/>`
    )
  ]
  const spine = book.chapters.map((_, index) => `<itemref idref="c${index + 1}"/>`)
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="${book.language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
${metadata(book).join('\n')}
</metadata>
<manifest>
${manifest.join('\n')}
</manifest>
<spine${book.vertical ? ' page-progression-direction="rtl"' : ''}>
${spine.join('\n')}
</spine>
</package>
`
}

function metadata(book: Book): string[] {
  const { issue } = book
  const element = (name: string, text: string | undefined, id = ''): string[] =>
    text === undefined || text.trim() === '' ? [] : [`<dc:${name}${id}>${escapeMarkup(text)}</dc:${name}>`]
  const meta = (property: string, text: string): string => `<meta property="${property}">${escapeMarkup(text)}</meta>`
  return [
    ...element('identifier', book.identifier, ' id="id"'),
    ...element('title', issueTitle(issue).trim() === '' ? issue.id : issueTitle(issue)),
    ...element('language', book.language),
    ...element('publisher', issue.publisher),
    ...element('date', book.day),
    ...element('rights', issue.rights),
    ...element('type', 'newspaper'),
    meta('dcterms:modified', book.modified),
    meta('schema:accessMode', 'textual'),
    ...(book.cover ? [meta('schema:accessMode', 'visual')] : []),
    meta('schema:accessModeSufficient', 'textual'),
    ...['structuralNavigation', 'tableOfContents', 'readingOrder', 'pageBreakMarkers', 'pageNavigation', 'alternativeText'].map((feature) =>
      meta('schema:accessibilityFeature', feature)
    ),
    meta('schema:accessibilityHazard', 'none'),
    meta(
      'schema:accessibilitySummary',
      'Text of a printed newspaper, set as headings and paragraphs in reading order, with the page turns of the print.'
    )
  ]
}
