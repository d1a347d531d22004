export { type IssuePdfOptions, type PagePdfOptions, writeIssuePdf, writePagePdf } from './pdf/pdf.ts'
