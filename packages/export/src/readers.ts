export { type EpubOptions, writeEpub } from './epub/epub.ts'
export { type ManifestOptions, writeAnnotations, writeManifest } from './iiif/manifest.ts'
export { cutTiles, imageInfo, type TileSet, tileFolder } from './iiif/tiles.ts'
export { type IssuePdfOptions, type PagePdfOptions, writeIssuePdf, writePagePdf } from './pdf/pdf.ts'
