import { type TextRole, textRoles } from '@broadsheet/document'

/** What other formats and programs call our roles; compared in lower case, without blanks and dashes. */
const names: Readonly<Record<string, TextRole>> = {
  headline: 'heading',
  title: 'heading',
  doctitle: 'heading',
  paragraphtitle: 'heading',
  subheadline: 'deck',
  subheading: 'crosshead',
  text: 'paragraph',
  content: 'paragraph',
  abstract: 'paragraph',
  floating: 'paragraph',
  dropcapital: 'paragraph',
  list: 'paragraph',
  byline: 'credit',
  author: 'credit',
  figurecaption: 'caption',
  tablecaption: 'caption',
  imagecaption: 'caption',
  figuretitle: 'caption',
  tabletitle: 'caption',
  charttitle: 'caption',
  footnote: 'note',
  endnote: 'note',
  marginalia: 'note',
  visionfootnote: 'note',
  imagefootnote: 'note',
  tablefootnote: 'note',
  pagenumber: 'page-number',
  number: 'page-number',
  pageheader: 'header',
  pagefooter: 'footer',
  advertisement: 'advert',
  ad: 'advert',
  tablebody: 'table',
  discarded: 'other'
}

const known: ReadonlyMap<string, TextRole> = new Map(textRoles.map((role) => [role.replace(/-/g, ''), role]))

/** Our role for another format's word; `paragraph` when it says none, `other` when it says one we do not know. */
export function roleNamed(name: string | undefined): TextRole {
  if (name === undefined || name === '') return 'paragraph'
  const plain = name.toLowerCase().replace(/[\s_-]/g, '')
  return names[plain] ?? known.get(plain) ?? 'other'
}
