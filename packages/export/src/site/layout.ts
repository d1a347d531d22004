import { attributes, escapeMarkup, languageTag } from '../publish/markup.ts'
import { type Wording, wordingFor } from '../publish/wording.ts'

/** What all pages of a site share. */
export interface SiteFrame {
  readonly title: string
  readonly language: string
  readonly baseUrl?: string
}

export interface HtmlPage {
  /** Posix path from the site's root. */
  readonly path: string
  readonly title: string
  /** Links from the home page down, without the page itself. */
  readonly trail: readonly { readonly title: string; readonly path: string }[]
  /** Markup of `<main>`. */
  readonly main: string
  /** Scripts from the site's root, in order. */
  readonly scripts?: readonly string[]
  readonly language?: string
  /** For the style sheet: `page`, `article`, … */
  readonly kind: string
  readonly previous?: string
  readonly next?: string
}

/**
 * Nothing but the site's own files; no script or style in the markup. `file:` beside `'self'`, because a page from a disk has
 * no origin of its own in some browsers; a page from the web may not load such addresses anyway.
 */
const policy =
  "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data: blob:; base-uri 'none'; form-action 'self' file:"

/** A whole HTML page. Its links are relative: the site works below any address and from a disk. */
export function writeHtml(frame: SiteFrame, page: HtmlPage): string {
  const words = wordingFor(frame.language)
  const to = (path: string): string => relative(page.path, path)
  const link = (rel: string, path: string | undefined): string =>
    path === undefined ? '' : `\n<link${attributes({ rel, href: to(path) })}>`
  const scripts = [...(page.scripts ?? []), 'assets/site.js'].map(
    (path) => `\n<script${attributes({ src: to(path), defer: true })}></script>`
  )
  const trail = [{ title: words.home, path: 'index.html' }, ...page.trail].filter((step) => step.path !== page.path)
  const crumbs = trail.map((step) => `<li><a${attributes({ href: to(step.path) })}>${escapeMarkup(step.title)}</a></li>`).join('')
  const canonical =
    frame.baseUrl === undefined
      ? ''
      : `\n<link rel="canonical"${attributes({ href: `${frame.baseUrl}/${page.path}` })}>\n<link rel="alternate" type="application/atom+xml"${attributes({ href: to('feed.xml') })}>`
  return `<!doctype html>
<html${attributes({ lang: languageTag(page.language ?? frame.language) })}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"${attributes({ content: policy })}>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escapeMarkup(page.title === frame.title ? page.title : `${page.title} – ${frame.title}`)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet"${attributes({ href: to('assets/site.css') })}>${link('prev', page.previous)}${link('next', page.next)}${canonical}${scripts.join('')}
</head>
<body${attributes({ class: page.kind })}>
<a class="skip" href="#main">${words.skip}</a>
<header>
<p class="title"><a${attributes({ href: to('index.html') })}>${escapeMarkup(frame.title)}</a></p>
${page.kind === 'search' || page.kind === 'home' ? '' : searchForm(words, to('search.html'))}
<button type="button" class="theme" hidden${attributes({ 'aria-label': words.theme })}>◐</button>
</header>
${page.kind === 'home' ? '' : `<nav${attributes({ 'aria-label': words.contents, class: 'trail' })}><ol>${crumbs}</ol></nav>\n`}<main id="main" tabindex="-1">
${page.main}
</main>
</body>
</html>
`
}

export function searchForm(words: Wording, action: string): string {
  return `<form role="search"${attributes({ action })} method="get"><input type="search" name="q"${attributes({ 'aria-label': words.searchFor, placeholder: words.searchFor })}><button>${words.search}</button></form>`
}

/** The way from one path of the site to another, each part escaped for use in a link. */
export function relative(from: string, to: string): string {
  const base = from.split('/').slice(0, -1)
  const [path, fragment] = to.split('#') as [string, string | undefined]
  const target = path.split('/')
  let shared = 0
  while (shared < base.length && shared < target.length - 1 && base[shared] === target[shared]) shared++
  const steps = [...base.slice(shared).map(() => '..'), ...target.slice(shared).map(encodeURIComponent)]
  return steps.join('/') + (fragment === undefined ? '' : `#${encodeURIComponent(fragment)}`)
}
