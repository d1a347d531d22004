import type { BlockRef, TextRole } from '@broadsheet/document'
import { textRoles } from '@broadsheet/document'
import type { Definition } from 'mdast'

/**
 * An invisible marker: `[//]: # "page p02"`, a link definition that nothing refers to. CommonMark, GFM, Hugo, VitePress,
 * Jekyll and Obsidian all swallow it; it is no HTML, and text cannot imitate it, since every `[` of a text is escaped.
 */
export type Marker =
  /** The text after it stands on another page, from `at` (UTF-16) of the next part on. */
  | { readonly kind: 'page'; readonly page: string; readonly at: number }
  /** The text after it stands in another column (from 0) of the page. */
  | { readonly kind: 'column'; readonly page: string; readonly column: number; readonly at: number }
  /** Nothing after it is text of the article. */
  | { readonly kind: 'end' }
  /** One part of the article; they stand in order after the end. */
  | { readonly kind: 'part'; readonly role: TextRole; readonly where: 'body' | 'title' | 'empty'; readonly blocks: readonly BlockRef[] }

/** `href` is where the marker leads, for people who read the source: the scan and a box on it. */
export function writeMarker(marker: Marker, href = '#'): Definition {
  return { type: 'definition', identifier: '//', label: '//', url: href, title: markerWords(marker).join(' ') }
}

function markerWords(marker: Marker): (string | number)[] {
  switch (marker.kind) {
    case 'page':
      return ['page', encode(marker.page), marker.at]
    case 'column':
      return ['column', encode(marker.page), marker.column, marker.at]
    case 'end':
      return ['end']
    case 'part':
      return ['part', marker.role, marker.where, ...marker.blocks.map(writeRef)]
  }
}

/** The marker of a definition; undefined when it is somebody else's. */
export function readMarker(node: Definition): Marker | undefined {
  if (node.identifier !== '//') return undefined
  const [kind, ...words] = (node.title ?? '').split(' ')
  switch (kind) {
    case 'page':
      return { kind, page: decode(words[0] ?? ''), at: Number(words[1] ?? 0) }
    case 'column':
      return { kind, page: decode(words[0] ?? ''), column: Number(words[1]), at: Number(words[2] ?? 0) }
    case 'end':
      return { kind }
    case 'part': {
      const role = textRoles.find((known) => known === words[0])
      const where = (['body', 'title', 'empty'] as const).find((known) => known === words[1])
      return role && where ? { kind, role, where, blocks: words.slice(2).map(readRef) } : undefined
    }
    default:
      return undefined
  }
}

/** `p01/r7@12`, each half percent-encoded where it must be. */
export function writeRef(ref: BlockRef): string {
  return `${encode(ref.page)}/${encode(ref.block)}`
}

export function readRef(text: string): BlockRef {
  const slash = text.indexOf('/')
  return { page: decode(text.slice(0, Math.max(0, slash))), block: decode(text.slice(slash + 1)) }
}

// Lone surrogates cannot be percent-encoded; ids with them are not valid Unicode anyway.
function encode(id: string): string {
  return encodeURIComponent(id.replace(/\p{Surrogate}/gu, '\ufffd')).replaceAll('%40', '@')
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
