// The rules of PDF/A-2u (ISO 19005-2) that a file's objects show, looked at with qpdf's JSON of them. Not a validator: veraPDF is.
// It stands in where that cannot be had, and shares no code with what writes our files.
import { run, unescapeXml } from './tools.mjs'

/** What a file breaks of PDF/A-2u, one line each, with the clause. */
export function pdfaFaults(file) {
  const { status, stdout, output } = run('qpdf', ['--json=2', '--json-stream-data=inline', '--decode-level=generalized', file])
  if (status !== 0) return [`qpdf cannot read it: ${output.slice(0, 200)}`]
  return objectFaults(JSON.parse(stdout).qpdf[1])
}

/** @param objects `qpdf[1]` of qpdf's JSON, version 2, with stream data inline and decoded */
export function objectFaults(objects) {
  const context = open(objects)
  return [...new Set(rules.flatMap(([clause, rule]) => rule(context).map((fault) => `${clause}: ${fault}`)))]
}

function open(objects) {
  const resolve = (value) => {
    const object = typeof value === 'string' && /^\d+ \d+ R$/.test(value) ? objects[`obj:${value}`] : undefined
    return object ? (object.stream?.dict ?? object.value) : value
  }
  const dataOf = (reference) => Buffer.from(objects[`obj:${reference}`]?.stream?.data ?? '', 'base64')
  const trailer = objects.trailer.value
  const root = resolve(trailer['/Root'])
  const all = Object.entries(objects).flatMap(([name, object]) =>
    name === 'trailer' ? [] : [{ name: name.slice(4), dict: object.stream?.dict ?? object.value, isStream: object.stream !== undefined }]
  )
  const dicts = all.flatMap(({ name, dict, isStream }) =>
    within(dict).map((one) => ({ name, dict: one, isStream: isStream && one === dict }))
  )
  const pages = dicts.filter(({ dict }) => dict['/Type'] === '/Page').map(({ dict }) => dict)
  return { resolve, dataOf, trailer, root, all, dicts, pages }
}

/** A value and everything directly inside it that is a dictionary. */
function within(value) {
  if (Array.isArray(value)) return value.flatMap(within)
  if (value === null || typeof value !== 'object') return []
  return [value, ...Object.values(value).flatMap(within)]
}

const list = (value) => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value])
const unless = (right, fault) => (right ? [] : [fault])

const rules = [
  ['6.1.3 trailer', ({ trailer }) => unless(list(trailer['/ID']).length === 2 && !trailer['/Encrypt'], 'no ID, or encrypted')],
  [
    '6.1.7 streams',
    ({ dicts }) =>
      dicts
        .filter(({ isStream }) => isStream)
        .flatMap(({ name, dict }) => [
          ...unless(!['/F', '/FFilter', '/FDecodeParms'].some((key) => key in dict), `${name} lies outside of the file`),
          ...unless(!list(dict['/Filter']).includes('/LZWDecode'), `${name} is packed by LZW`),
          ...unless(!list(dict['/Filter']).includes('/Crypt'), `${name} is encrypted`)
        ])
  ],
  [
    '6.1.13 limits',
    ({ all, pages }) => [
      ...all.flatMap(({ name, dict }) => limits(dict).map((fault) => `${name}: ${fault}`)),
      ...pages.flatMap((page) => {
        const [x0, y0, x1, y1] = page['/MediaBox'] ?? [0, 0, 0, 0]
        return unless(
          [x1 - x0, y1 - y0].every((side) => side >= 3 && side <= 14400),
          `a page of ${x1 - x0} × ${y1 - y0}`
        )
      })
    ]
  ],
  ['6.2.3 output intent', outputIntent],
  ['6.2.4 colour', deviceColours],
  [
    '6.2.5 graphics state',
    ({ dicts }) =>
      dicts.flatMap(({ name, dict }) => unless(!['/TR', '/TR2', '/HTP'].some((key) => key in dict), `${name} has a transfer function`))
  ],
  [
    '6.2.8 images',
    ({ dicts }) =>
      dicts
        .filter(({ dict }) => dict['/Subtype'] === '/Image')
        .flatMap(({ name, dict }) => [
          ...unless(!('/Alternates' in dict) && !('/OPI' in dict), `${name} has alternates or OPI`),
          ...unless(dict['/Interpolate'] !== true, `${name} is to be interpolated`),
          ...unless([undefined, 1, 2, 4, 8, 16].includes(dict['/BitsPerComponent']), `${name} has ${dict['/BitsPerComponent']} bits`)
        ])
  ],
  [
    '6.2.9 forms',
    ({ dicts }) =>
      dicts.flatMap(({ name, dict }) => unless(dict['/Subtype'] !== '/PS' && !('/Ref' in dict), `${name} is PostScript or refers out`))
  ],
  [
    '6.2.10 transparency',
    // Allowed with a group and its colour space; our files have none at all.
    ({ dicts }) =>
      dicts.flatMap(({ name, dict }) =>
        unless(!['/SMask', '/BM', '/CA', '/ca', '/Group'].some((key) => key in dict), `${name} is transparent`)
      )
  ],
  [
    '6.2.11 fonts',
    ({ dicts, ...context }) => dicts.filter(({ dict }) => dict['/Type'] === '/Font').flatMap((font) => fontFaults(font, context))
  ],
  ['6.2.2 content', contentFaults],
  [
    '6.3 to 6.5 nothing that acts',
    ({ dicts, root }) => [
      ...unless(!['/OpenAction', '/AA', '/AcroForm', '/NeedsRendering', '/Requirements'].some((key) => key in root), 'the catalogue acts'),
      ...dicts.flatMap(({ name, dict }) =>
        unless(!['/JS', '/AA', '/A', '/Annots'].some((key) => key in dict), `${name} has an action or annotation`)
      )
    ]
  ],
  ['6.6.2 metadata', metadataFaults],
  [
    '6.8 embedded files',
    ({ dicts }) => dicts.flatMap(({ name, dict }) => unless(!('/EmbeddedFiles' in dict || '/EF' in dict), `${name} embeds a file`))
  ],
  ['6.9 optional content', ({ root }) => unless(!('/OCProperties' in root), 'layers')]
]

function limits(value) {
  if (Array.isArray(value)) return value.flatMap(limits)
  if (typeof value === 'number') return unless(Math.abs(value) <= (Number.isInteger(value) ? 2147483647 : 3.4e38), `the number ${value}`)
  if (typeof value === 'string')
    return unless(Buffer.byteLength(value) <= (value.startsWith('/') ? 128 : 2 * 32767 + 2), 'a string or name too long')
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]) => [...limits(key), ...limits(inner)])
}

function outputIntent({ root, resolve, dataOf }) {
  const intents = list(resolve(root['/OutputIntents'])).map(resolve)
  const [intent] = intents.filter((one) => one['/S'] === '/GTS_PDFA1')
  if (!intent) return ['there is none']
  const profile = dataOf(intent['/DestOutputProfile'])
  const { '/N': components } = resolve(intent['/DestOutputProfile']) ?? {}
  return [
    ...unless(typeof intent['/OutputConditionIdentifier'] === 'string', 'it names no condition'),
    ...unless(profile.toString('latin1', 36, 40) === 'acsp' && profile.readUInt32BE(0) === profile.length, 'no ICC profile'),
    ...unless(['prtr', 'mntr'].includes(profile.toString('latin1', 12, 16)), 'a profile of another class'),
    ...unless(profile[8] < 5, 'a profile of a later version'),
    ...unless(components === 3 && profile.toString('latin1', 16, 20) === 'RGB ', 'a profile of other colours than it says')
  ]
}

/** With an intent of RGB, grey and RGB may be used as they are, and no other device's colours. */
function deviceColours({ dicts, resolve }) {
  const spaces = dicts
    .filter(({ dict }) => '/ColorSpace' in dict && dict['/Subtype'] === '/Image')
    .map(({ name, dict }) => ({ name, space: resolve(dict['/ColorSpace']) }))
  const bases = spaces.flatMap(({ name, space }) =>
    list(Array.isArray(space) ? (space[0] === '/Indexed' ? resolve(space[1]) : space[0]) : space).map((base) => ({ name, base }))
  )
  return bases.flatMap(({ name, base }) => unless(['/DeviceRGB', '/DeviceGray', '/ICCBased'].includes(base), `${name} is in ${base}`))
}

function fontFaults({ name, dict }, { resolve, dataOf }) {
  if (dict['/Subtype'] === '/Type0') {
    const descendant = resolve(list(resolve(dict['/DescendantFonts']))[0])
    const map = dataOf(dict['/ToUnicode']).toString('latin1')
    const targets = [...map.matchAll(/<[0-9a-f]+> <([0-9a-f]+)>/gi)].map((match) => match[1].toLowerCase())
    return [
      ...unless(dict['/Encoding'] === '/Identity-H' || dict['/Encoding'] === '/Identity-V', `${name}: an encoding that is not embedded`),
      ...unless(targets.length > 0 && map.includes('begincmap'), `${name}: no ToUnicode (level U)`),
      ...unless(!targets.some((target) => ['0000', 'feff', 'fffe'].includes(target)), `${name}: ToUnicode has U+0000, U+FEFF or U+FFFE`),
      ...unless(!targets.some((target) => /^d[89ab]..$|^d[c-f]..$/.test(target)), `${name}: ToUnicode has half a character`),
      ...unless(descendant?.['/CIDSystemInfo'] !== undefined, `${name}: its descendant names no collection`)
    ]
  }
  const descriptor = resolve(dict['/FontDescriptor'])
  const file = dataOf(descriptor?.['/FontFile2'])
  if (file.length === 0) return [`${name}: not embedded`]
  const advances = trueTypeAdvances(file)
  const glyphs = dataOf(dict['/CIDToGIDMap'])
  return [
    ...unless(dict['/Subtype'] !== '/CIDFontType2' || dict['/CIDToGIDMap'] === '/Identity' || glyphs.length > 0, `${name}: no CIDToGIDMap`),
    ...unless(advances !== undefined, `${name}: a font file without its tables`),
    ...unless(
      advances?.every((advance) => Math.abs(advance - dict['/DW']) <= 1),
      `${name}: other widths than in its file`
    ),
    ...unless(
      glyphs.every((_, at) => at % 2 === 1 || glyphs.readUInt16BE(at) < (advances?.length ?? 0)),
      `${name}: a character without a glyph`
    )
  ]
}

/** Advance widths in thousandths of an em; undefined where a table is missing. */
function trueTypeAdvances(file) {
  const tables = new Map()
  for (let index = 0; index < file.readUInt16BE(4); index++) {
    const at = 12 + 16 * index
    tables.set(
      file.toString('latin1', at, at + 4),
      file.subarray(file.readUInt32BE(at + 8), file.readUInt32BE(at + 8) + file.readUInt32BE(at + 12))
    )
  }
  if (!['cmap', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp'].every((name) => tables.has(name))) return undefined
  const units = tables.get('head').readUInt16BE(18)
  return Array.from(
    { length: tables.get('hhea').readUInt16BE(34) },
    (_, index) => (1000 * tables.get('hmtx').readUInt16BE(4 * index)) / units
  )
}

/** Operators that our pages use; every name they use must be in the page's resources. */
const operators = new Set('q Q cm Do BT ET Tf Tm Tr Tz Tj BMC BDC EMC'.split(' '))

function contentFaults({ pages, resolve, dataOf }) {
  return pages.flatMap((page, number) => {
    const content = list(page['/Contents'])
      .map((reference) => dataOf(reference).toString('latin1'))
      .join('\n')
    const words = content.replace(/<<[^>]*>>|<[0-9a-f]*>/gi, ' ').split(/\s+/)
    const unknown = [
      ...new Set(words.filter((word) => word !== '' && !/^[-+.\d]/.test(word) && !word.startsWith('/') && !operators.has(word)))
    ]
    const resources = resolve(page['/Resources']) ?? {}
    const named = [...content.matchAll(/(\/\S+) (?:[\d.]+ Tf|Do)/g)].map((match) => match[1])
    const known = [resources['/Font'], resources['/XObject']].flatMap((part) => Object.keys(resolve(part) ?? {}))
    let depth = 0
    const deepest = Math.max(0, ...words.map((word) => (depth += word === 'q' ? 1 : word === 'Q' ? -1 : 0)))
    return [
      ...unless(unknown.length === 0, `page ${number + 1} has the operators ${unknown.slice(0, 5).join(' ')}`),
      ...unless(
        named.every((name) => known.includes(name)),
        `page ${number + 1} uses what its resources do not name`
      ),
      ...unless(depth === 0 && deepest <= 28, `page ${number + 1} saves its state ${deepest} times`)
    ]
  })
}

function metadataFaults({ root, trailer, resolve, dataOf }) {
  const xmp = dataOf(root['/Metadata']).toString('utf8')
  const info = resolve(trailer['/Info']) ?? {}
  const well = run('xmllint', ['--noout', '--nonet', '-'], { input: xmp })
  const title = /<dc:title>.*?<rdf:li[^>]*>(.*?)<\/rdf:li>/s.exec(xmp)?.[1]
  const known = new Set(['x', 'rdf', 'pdfaid', 'dc', 'pdf', 'xmlns', 'xml'])
  const prefixes = [...xmp.matchAll(/<\/?([a-z]+):/gi)].map((match) => match[1])
  return [
    ...unless(well.status === 0, `XMP is not well-formed: ${well.output.slice(0, 120)}`),
    ...unless(
      /<pdfaid:part>2<\/pdfaid:part>/.test(xmp) && /<pdfaid:conformance>U<\/pdfaid:conformance>/.test(xmp),
      'it does not say that it is PDF/A-2u'
    ),
    ...unless(/^<\?xpacket begin=/.test(xmp) && /<\?xpacket end="[rw]"\?>$/.test(xmp), 'no XMP packet'),
    ...unless(
      prefixes.every((prefix) => known.has(prefix)),
      'XMP of a schema that it does not explain'
    ),
    ...unless(
      (info['/Title'] ?? '').replace(/^u:/, '') === unescapeXml(title ?? ''),
      'another title in XMP than in the information dictionary'
    ),
    ...unless(resolve(root['/Metadata'])?.['/Subtype'] === '/XML', 'metadata of no type')
  ]
}
