/** What the Markdown is read with. */
export type MarkdownFlavor = 'plain' | 'hugo' | 'vitepress' | 'obsidian' | 'jekyll'

interface Flavor {
  /** Name of an index file; Hugo takes `index.md` for a page without pages below it. */
  readonly index: string
  /** Folder of the articles. */
  readonly articles: string
  /** Jekyll finds a post by the date in its name. */
  readonly dateInName: boolean
  /** Whether the body repeats the title as its first heading. */
  readonly titleInBody: boolean
  /** Whether `{{` is code outside `v-pre`. */
  readonly mustache: boolean
}

const usual: Flavor = { index: 'index.md', articles: 'articles', dateInName: false, titleInBody: true, mustache: false }

export const flavors: Readonly<Record<MarkdownFlavor, Flavor>> = {
  plain: usual,
  hugo: { ...usual, index: '_index.md', titleInBody: false },
  vitepress: { ...usual, mustache: true },
  obsidian: usual,
  jekyll: { ...usual, articles: '_posts', dateInName: true, titleInBody: false }
}
