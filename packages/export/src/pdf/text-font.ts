import { type PDFContext, type PDFRef, PDFString } from '@cantoo/pdf-lib'
import { portable } from '../portable.ts'
import { ascent, descent, fontName, glyphlessFont, unitsPerEm } from './glyphless-font.ts'

/** The one font of a file: numbers its characters as they come and tells at the end which is which. */
export interface TextFont {
  readonly ref: PDFRef
  /** Four hexadecimal digits for a code point. */
  readonly encode: (char: string) => string
  /** Writes the font into the file; once, when all pages are there. */
  readonly finish: () => void
}

/** What PDF/A forbids behind a character though Unicode text may hold it. */
const forbidden = /[\ufeff]/

function writable(char: string): string {
  if (char === '\t' || char === '\n' || char === '\r') return ' '
  return forbidden.test(char) ? '\ufffd' : portable(char)
}

/** A Type 0 font (ISO 32000-1, 9.7) over the glyph-less TrueType, with a ToUnicode map of the characters used. */
export function createTextFont(context: PDFContext): TextFont {
  const numbers = new Map<string, number>()
  const ref = context.nextRef()
  const encode = (char: string): string => {
    const text = writable(char)
    let number = numbers.get(text)
    if (number === undefined) {
      number = numbers.size + 1
      if (number > 0xffff) throw new Error('Expected at most 65,535 different characters in one PDF but received more')
      numbers.set(text, number)
    }
    return hex(number)
  }
  return { ref, encode, finish: () => writeFont(context, ref, [...numbers.keys()]) }
}

const hex = (value: number): string => value.toString(16).padStart(4, '0')

function writeFont(context: PDFContext, ref: PDFRef, chars: readonly string[]): void {
  const file = glyphlessFont()
  const descriptor = context.register(
    context.obj({
      Type: 'FontDescriptor',
      FontName: fontName,
      Flags: 4,
      FontBBox: [0, descent, unitsPerEm, ascent],
      ItalicAngle: 0,
      Ascent: ascent,
      Descent: descent,
      CapHeight: ascent,
      StemV: 80,
      FontFile2: context.register(context.flateStream(file, { Length1: file.length }))
    })
  )
  const glyphs = Buffer.alloc(2 * (chars.length + 1))
  for (let cid = 1; cid <= chars.length; cid++) glyphs[2 * cid + 1] = 1
  const descendant = context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: fontName,
      CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
      CIDToGIDMap: context.register(context.flateStream(glyphs)),
      DW: unitsPerEm,
      FontDescriptor: descriptor
    })
  )
  const toUnicode = context.register(context.flateStream(unicodeMap(chars)))
  const font = {
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: fontName,
    Encoding: 'Identity-H',
    DescendantFonts: [descendant],
    ToUnicode: toUnicode
  }
  context.assign(ref, context.obj(font))
}

/** A ToUnicode CMap (Adobe Technical Note 5411): at most 100 characters a block, and no ranges, which may not cross a byte. */
export function unicodeMap(chars: readonly string[]): string {
  const pairs = chars.map((char, index) => `<${hex(index + 1)}> <${Buffer.from(char, 'utf16le').swap16().toString('hex')}>`)
  let blocks = ''
  for (let at = 0; at < pairs.length; at += 100) {
    const block = pairs.slice(at, at + 100)
    blocks += `${block.length} beginbfchar\n${block.join('\n')}\nendbfchar\n`
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks}endcmap
CMapName currentdict /CMap defineresource pop
end
end
`
}
