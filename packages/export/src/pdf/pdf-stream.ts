import { type PDFContext, PDFDict, PDFName, type PDFObject, PDFObjectStream, type PDFRef, PDFStream, PDFTrailer } from '@cantoo/pdf-lib'

/**
 * The file structure of a PDF (ISO 32000-1, 7.5.7 and 7.5.8), written as its objects are made: pdf-lib makes and codes the
 * objects, but can only save a document that it holds whole, with every scan in it.
 */
export interface PdfStream {
  /** Everything that was registered with the context since the last time, as it stands in the file; the context forgets it. */
  readonly flush: () => Generator<Uint8Array, void, undefined>
  /** The rest, and the table of where everything is. */
  readonly finish: (trailer: PdfTrailer) => Generator<Uint8Array, void, undefined>
}

export interface PdfTrailer {
  readonly Root: PDFRef
  readonly Info: PDFRef
  readonly ID: PDFObject
}

type IndirectObject = [ref: PDFRef, object: PDFObject]

/** Objects that one compressed stream of objects holds. */
const together = 100

export function createPdfStream(context: PDFContext): PdfStream {
  const places: Place[] = []
  let waiting: IndirectObject[] = []
  let offset = 0
  const send = (bytes: Uint8Array): Uint8Array => {
    offset += bytes.length
    return bytes
  }
  const writeAlone = ([ref, object]: IndirectObject): Uint8Array => {
    places[ref.objectNumber] = { type: 1, at: offset, index: 0 }
    return send(serialize(object, `${ref.objectNumber} ${ref.generationNumber} obj\n`, '\nendobj\n\n'))
  }
  const writeWaiting = (): Uint8Array => {
    const holder = context.nextRef()
    for (const [index, [ref]] of waiting.entries()) places[ref.objectNumber] = { type: 2, at: holder.objectNumber, index }
    const objects = PDFObjectStream.withContextAndObjects(context, waiting)
    waiting = []
    return writeAlone([holder, objects])
  }
  function* flush(): Generator<Uint8Array, void, undefined> {
    if (offset === 0) yield send(serialize(context.header, '', '\n\n'))
    for (const [ref, object] of context.enumerateIndirectObjects()) {
      context.delete(ref)
      if (standsAlone(object)) yield writeAlone([ref, object])
      else if (waiting.push([ref, object]) === together) yield writeWaiting()
    }
  }
  function* finish(trailer: PdfTrailer): Generator<Uint8Array, void, undefined> {
    yield* flush()
    if (waiting.length > 0) yield writeWaiting()
    const start = offset
    const ref = context.nextRef()
    places[ref.objectNumber] = { type: 1, at: start, index: 0 }
    const table = writeTable(places)
    yield writeAlone([ref, context.flateStream(table, { Type: 'XRef', Size: places.length, W: [...widths], ...trailer })])
    yield serialize(PDFTrailer.forLastCrossRefSectionOffset(start))
  }
  return { flush, finish }
}

const alone: ReadonlySet<unknown> = new Set(['Catalog', 'Pages', 'Page'].map((name) => PDFName.of(name)))

/** Streams must stand by themselves; what every reader looks at first does too, for those that know no compressed objects. */
function standsAlone(object: PDFObject): boolean {
  return object instanceof PDFStream || (object instanceof PDFDict && alone.has(object.get(PDFName.of('Type'))))
}

/** Where an object is: at a byte of the file (type 1), or in which stream of objects, the how manieth (type 2). */
interface Place {
  readonly type: 1 | 2
  readonly at: number
  readonly index: number
}

/** Bytes of the columns of the table: five for a place, since scans of an issue may come to more than 4 GB. */
const widths = [1, 5, 2] as const

/** A cross-reference stream's content, a row an object number; numbers that no object has are free. */
function writeTable(places: readonly (Place | undefined)[]): Buffer {
  const table = Buffer.alloc(8 * places.length)
  table.writeUInt16BE(0xffff, 6)
  for (const [number, place] of places.entries()) {
    if (!place) continue
    table[8 * number] = place.type
    table.writeUIntBE(place.at, 8 * number + 1, widths[1])
    table.writeUInt16BE(place.index, 8 * number + 6)
  }
  return table
}

function serialize(part: Pick<PDFObject, 'sizeInBytes' | 'copyBytesInto'>, before = '', after = ''): Uint8Array {
  const size = part.sizeInBytes()
  const bytes = Buffer.alloc(before.length + size + after.length)
  bytes.write(before, 'latin1')
  part.copyBytesInto(bytes, before.length)
  bytes.write(after, before.length + size, 'latin1')
  return bytes
}
