export { type AltoOptions, type AltoVersion, writeAlto } from './alto.ts'
export { type PageLike, rawPage } from './clean-page.ts'
export { writeDublinCore } from './dublin-core.ts'
export { writeHocr } from './hocr.ts'
export { type MetsOptions, streamMets, writeMets } from './mets.ts'
export { type PageXmlOptions, writePageXml } from './page-xml.ts'
export {
  type GlyphChoice,
  type PrintedBlock,
  type PrintedGlyph,
  type PrintedLine,
  type PrintedWord,
  printedBlocks,
  printedText
} from './printed-blocks.ts'
export { type MetsDivision, type MetsDocument, type MetsFile, type MetsPagePlace, metsArticles, readMets } from './read-mets.ts'
export { streamTei, type TeiOptions, writeTei } from './tei.ts'
