export { type EpubOptions, writeEpub } from './epub/epub.ts'
export { type IssuePdfOptions, type PagePdfOptions, writeIssuePdf, writePagePdf } from './pdf/pdf.ts'
