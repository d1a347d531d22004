import type { BlockRef, Issue, TextRole } from '@broadsheet/document'
import type { PDFContext, PDFDict, PDFRef } from '@cantoo/pdf-lib'

/** The standard structure types (ISO 32000-1, 14.8.4) of the roles that are more than a paragraph. */
const types: Partial<Record<TextRole, string>> = { heading: 'H1', crosshead: 'H2', caption: 'Caption', note: 'Note' }

export function structureType(role: TextRole): string {
  return types[role] ?? 'P'
}

/** Which marked content of which page a block is. */
export interface MarkedBlock {
  readonly block: string
  readonly role: TextRole
  /** Its number among the marked contents of the page. */
  readonly mcid: number
}

export interface MarkedPage {
  readonly id: string
  readonly ref: PDFRef
  readonly blocks: readonly MarkedBlock[]
}

/**
 * The structure tree of a tagged PDF: every article with its parts in reading order, over page turns; then what belongs to
 * no article, page by page. Yields when something can be written out; returns the reference for the catalogue's
 * `StructTreeRoot`.
 */
export function* writeStructure(context: PDFContext, issue: Issue, pages: readonly MarkedPage[]): Generator<void, PDFRef, undefined> {
  const tree = new Map<string, PDFRef>()
  const found = new Map(
    pages.flatMap((page) => page.blocks.map((block) => [keyOf({ page: page.id, block: block.block }), { page, block }]))
  )
  const root = context.nextRef()
  const document = context.nextRef()
  const write = (parent: PDFRef, type: string, refs: readonly BlockRef[]): PDFRef | undefined => {
    const places = refs.flatMap((ref) => (tree.has(keyOf(ref)) ? [] : (found.get(keyOf(ref)) ?? [])))
    if (places.length === 0) return undefined
    const kids = places.map(({ page, block }) => context.obj({ Type: 'MCR', Pg: page.ref, MCID: block.mcid }))
    const ref = context.register(context.obj({ Type: 'StructElem', S: type, P: parent, K: kids }))
    for (const { page, block } of places) tree.set(keyOf({ page: page.id, block: block.block }), ref)
    return ref
  }
  const group = (type: string, entries: readonly [type: string, refs: readonly BlockRef[]][]): PDFRef[] => {
    const ref = context.nextRef()
    const kids = entries.flatMap(([kind, refs]) => write(ref, kind, refs) ?? [])
    if (kids.length === 0) return []
    context.assign(ref, context.obj({ Type: 'StructElem', S: type, P: document, K: kids }))
    return [ref]
  }
  const kids: PDFRef[] = []
  for (const article of issue.articles) {
    const parts = article.parts.map((part): [string, readonly BlockRef[]] => [structureType(part.role), part.blocks])
    kids.push(...group('Art', parts))
    yield
  }
  for (const page of pages) {
    const blocks = page.blocks.map((block): [string, readonly BlockRef[]] => ['P', [{ page: page.id, block: block.block }]])
    kids.push(...group('Sect', blocks))
    yield
  }
  context.assign(document, context.obj({ Type: 'StructElem', S: 'Document', P: root, K: kids }))
  const nums = pages.flatMap((page, index) => [index, page.blocks.map((block) => tree.get(keyOf({ page: page.id, block: block.block }))!)])
  const parents: PDFDict = context.obj({ Nums: nums })
  context.assign(
    root,
    context.obj({ Type: 'StructTreeRoot', K: [document], ParentTree: context.register(parents), ParentTreeNextKey: pages.length })
  )
  return root
}

function keyOf(ref: BlockRef): string {
  return JSON.stringify([ref.page, ref.block])
}
