export { decodeJp2, openJp2 } from './jp2.ts'
export { openPdf } from './pdf.ts'
