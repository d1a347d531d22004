import type { Issue } from '@broadsheet/document'
import { portable } from '../portable.ts'
import { calendarDate, languageTag } from '../publish/markup.ts'
import { software } from '../software.ts'

/** What a PDF says about itself, in its information dictionary and in XMP alike. */
export interface PdfDescription {
  readonly title: string
  readonly identifier: string
  readonly issue: Issue
}

export const producer: string = software.name

/** An XMP packet (ISO 16684-1) that claims PDF/A-2u and carries the issue's Dublin Core. */
export function writeXmp({ title, identifier, issue }: PdfDescription): string {
  const properties = [
    '<pdfaid:part>2</pdfaid:part>',
    '<pdfaid:conformance>U</pdfaid:conformance>',
    '<dc:format>application/pdf</dc:format>',
    container('dc:title', 'Alt', title, ' xml:lang="x-default"'),
    `<dc:identifier>${escapeText(identifier)}</dc:identifier>`,
    container('dc:language', 'Bag', languageTag(issue.language)),
    container('dc:publisher', 'Bag', issue.publisher),
    container('dc:date', 'Seq', calendarDate(issue.date)),
    container('dc:rights', 'Alt', issue.rights, ' xml:lang="x-default"'),
    `<pdf:Producer>${producer}</pdf:Producer>`
  ]
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
${properties.filter((line) => line !== '').join('\n')}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`
}

function container(name: string, kind: 'Alt' | 'Bag' | 'Seq', value: string | undefined, attributes = ''): string {
  return value ? `<${name}><rdf:${kind}><rdf:li${attributes}>${escapeText(value)}</rdf:li></rdf:${kind}></${name}>` : ''
}

function escapeText(text: string): string {
  return portable(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
