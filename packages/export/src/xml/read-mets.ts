import { SaxesParser, type SaxesTagNS } from 'saxes'

/** What a METS file says of an issue: its files, its pages, and what stands on them. Others' METS as well as ours. */
export interface MetsDocument {
  readonly id?: string
  readonly label?: string
  /** By their id. */
  readonly files: ReadonlyMap<string, MetsFile>
  /** The physical structure: pages in their order, whatever stands above them. */
  readonly pages: readonly MetsPagePlace[]
  /** The logical structure as it is nested: issue, sections, articles, their parts. */
  readonly divisions: readonly MetsDivision[]
}

export interface MetsFile {
  /** As it stands there: nothing is opened because a file says so. */
  readonly href: string
  readonly mimeType?: string
  /** `USE` of its groups, the innermost first. */
  readonly uses: readonly string[]
}

export interface MetsPagePlace {
  readonly label?: string
  /** Ids of the files that show it or say what it says. */
  readonly files: readonly string[]
}

export interface MetsDivision {
  /** As the house that wrote it calls it: `ARTICLE`, `HEADLINE`, `TEXTBLOCK`. */
  readonly type: string
  readonly label?: string
  /** Where it stands: a file, and an id in it (an ALTO block). Of a division that says nothing itself, what it is linked to. */
  readonly areas: readonly { readonly file: string; readonly begin?: string }[]
  readonly divisions: readonly MetsDivision[]
}

const deepest = 200

/**
 * @throws Error when the text is no well-formed METS, brings a document type (entities are never resolved), or is nested
 *   deeper than 200 elements
 */
export function readMets(xml: string): MetsDocument {
  const state = createState()
  const parser = new SaxesParser({ xmlns: true })
  const fail = (reason: string): never => {
    throw new Error(`Expected a METS file but received one that ${reason}`)
  }
  let depth = 0
  parser.on('error', (error) => fail(`is not well-formed: ${error.message}`))
  parser.on('doctype', () => fail('has a document type'))
  parser.on('opentag', (tag) => {
    if (++depth > deepest) fail(`is nested deeper than ${deepest} elements`)
    if (depth === 1 && !(tag.local === 'mets' && tag.uri.startsWith('http://www.loc.gov/METS'))) fail(`begins with <${tag.name}>`)
    state.open(tag)
  })
  parser.on('closetag', (tag) => {
    depth--
    state.close(tag)
  })
  parser.write(xml).close()
  return state.document()
}

interface OpenDivision {
  readonly id?: string
  readonly type: string
  readonly label?: string
  readonly areas: { file: string; begin?: string }[]
  readonly divisions: OpenDivision[]
}

function createState(): { open: (tag: SaxesTagNS) => void; close: (tag: SaxesTagNS) => void; document: () => MetsDocument } {
  const whole: { id?: string; label?: string } = {}
  const files = new Map<string, MetsFile>()
  const pages: MetsPagePlace[] = []
  const root: OpenDivision = { type: '', areas: [], divisions: [] }
  const path: OpenDivision[] = [root]
  const uses: (string | undefined)[] = []
  let file: { readonly id: string; readonly mimeType?: string } | undefined
  let physical = false
  /** Places by the id of the division that holds them, and the divisions that are linked with one another. */
  const places = new Map<string, MetsDivision['areas']>()
  const groups: string[][] = []
  const opening: Readonly<Record<string, (of: Attributes) => void>> = {
    mets: ({ OBJID, LABEL }) => Object.assign(whole, { ...(OBJID && { id: OBJID }), ...(LABEL && { label: LABEL }) }),
    fileGrp: ({ USE }) => uses.unshift(USE),
    file: ({ ID, MIMETYPE }) => {
      file = ID === undefined ? undefined : { id: ID, ...(MIMETYPE && { mimeType: MIMETYPE }) }
    },
    FLocat: ({ href }) => {
      if (!file || href === undefined || files.has(file.id)) return
      const { id, ...rest } = file
      files.set(id, { ...rest, href, uses: uses.filter((use) => use !== undefined) })
    },
    structMap: ({ TYPE }) => {
      physical = /^physical$/i.test(TYPE ?? '')
    },
    smLinkGrp: () => groups.push([]),
    smLocatorLink: ({ href = '' }) => groups.at(-1)?.push(href.replace(/^#/, '')),
    smLink: ({ from = '', to = '' }) => groups.push([from, to].map((end) => end.replace(/^#/, ''))),
    div: ({ ID, TYPE = '', LABEL, ORDERLABEL, ORDER }) => {
      const label = LABEL || (physical ? (ORDERLABEL ?? ORDER) : undefined)
      path.push({ type: TYPE, areas: [], divisions: [], ...(label && { label }), ...(ID && { id: ID }) })
    },
    fptr: ({ FILEID }) => FILEID !== undefined && path.at(-1)!.areas.push({ file: FILEID }),
    area: ({ FILEID, BEGIN }) => FILEID !== undefined && path.at(-1)!.areas.push({ file: FILEID, ...(BEGIN && { begin: BEGIN }) })
  }
  const closeDivision = (): void => {
    const done = path.pop()!
    if (physical && done.id !== undefined) places.set(done.id, done.areas)
    if (!physical) path.at(-1)!.divisions.push(done)
    else if (/^page$/i.test(done.type))
      pages.push({ files: [...new Set(done.areas.map((area) => area.file))], ...(done.label && { label: done.label }) })
  }
  const closing: Readonly<Record<string, () => void>> = { fileGrp: () => uses.shift(), div: closeDivision }
  return {
    open: (tag) => isMets(tag) && Object.hasOwn(opening, tag.local) && opening[tag.local]!(attributesOf(tag)),
    close: (tag) => isMets(tag) && Object.hasOwn(closing, tag.local) && closing[tag.local]!(),
    document: () => {
      const links = linksOf(groups)
      return { ...whole, files, pages, divisions: root.divisions.map((division) => placed(division, links, places)) }
    }
  }
}

/** What each id is linked with, in the order of the links: in a group the first with all others. */
function linksOf(groups: readonly (readonly string[])[]): Map<string, string[]> {
  const links = new Map<string, string[]>()
  const link = (from: string, to: string): void => {
    const known = links.get(from)
    if (known) known.push(to)
    else links.set(from, [to])
  }
  for (const [first, ...others] of groups)
    for (const other of others) {
      link(first!, other)
      link(other, first!)
    }
  return links
}

function placed(
  { id, ...division }: OpenDivision,
  links: ReadonlyMap<string, readonly string[]>,
  places: ReadonlyMap<string, MetsDivision['areas']>
): MetsDivision {
  const divisions = division.divisions.map((one) => placed(one, links, places))
  if (areasBelow({ ...division, divisions }).length > 0 || id === undefined) return { ...division, divisions }
  return { ...division, divisions, areas: (links.get(id) ?? []).flatMap((other) => places.get(other) ?? []) }
}

type Attributes = Readonly<Partial<Record<string, string>>>

const isMets = (tag: SaxesTagNS): boolean => tag.uri.startsWith('http://www.loc.gov/METS')

/** By their names without prefix: `href` is XLink's. */
function attributesOf(tag: SaxesTagNS): Attributes {
  return Object.fromEntries(Object.values(tag.attributes).map((attribute) => [attribute.local, attribute.value]))
}

/** The divisions that a house calls articles, with every place below them in order. */
export function metsArticles(document: MetsDocument): MetsDivision[] {
  const find = (division: MetsDivision): MetsDivision[] =>
    /^article$/i.test(division.type) ? [{ ...division, areas: areasBelow(division) }] : division.divisions.flatMap(find)
  return document.divisions.flatMap(find)
}

function areasBelow(division: MetsDivision): MetsDivision['areas'] {
  return [...division.areas, ...division.divisions.flatMap(areasBelow)]
}
