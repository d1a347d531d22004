import type { Article, Box } from '@broadsheet/document'
import { imageInfo } from '../iiif/tiles.ts'
import type { OutputFile } from '../output-file.ts'
import { pageFrame } from '../pdf/page-frame.ts'
import { attributes, escapeMarkup } from '../publish/markup.ts'
import { placesOf } from '../publish/places.ts'
import type { Wording } from '../publish/wording.ts'
import type { IssueView, PageView } from './issue-view.ts'
import { relative } from './layout.ts'
import { outlineArticles } from './outlines.ts'
import { scriptValue } from './search-index.ts'

export const viewerScripts: readonly string[] = ['assets/openseadragon.min.js', 'assets/viewer.js']

/**
 * The tiles of a page and the outlines of its articles, as a script that hands them to the viewer. Outlines are pixels of
 * the scan; `origin` is where the page begins on it.
 */
export function writePageData(view: IssueView, page: PageView): OutputFile {
  const image = view.archive.pages.get(page.page.id)?.page.image
  const frame = image ? pageFrame(image) : { x: 0, y: 0, width: 1, height: 1 }
  const articles = view.articlesOf.get(page.page.id) ?? []
  const outlines = outlineArticles(articles.map(({ article }) => boxesOn(view, article, page.page.id))).map((boxes, index) => ({
    anchor: articles[index]!.anchor,
    title: articles[index]!.title,
    boxes: boxes.map((box) => [box.x, box.y, box.width, box.height])
  }))
  const data = {
    id: page.page.id,
    label: page.title,
    origin: [frame.x, frame.y],
    // The address is put in by the script, which knows where the site stands.
    source: page.tiles && { ...imageInfo(page.tiles, ''), folder: `${view.folder}/${page.tiles.folder}` },
    outlines
  }
  return { path: page.data, content: `broadsheet.addPage(${scriptValue(data)})\n` }
}

function boxesOn(view: IssueView, article: Article, page: string): readonly Box[] {
  const refs = article.parts.flatMap((part) => part.blocks.filter((ref) => ref.page === page))
  return placesOf(view.archive, refs).flatMap((place) => place.boxes)
}

/** The scan with its tools. Without scripts it shows the page in small. */
export function viewerMarkup(view: IssueView, pages: readonly PageView[], from: string, outlined: string | undefined): string {
  const { words } = view
  const shown = pages.filter((page) => page.tiles)
  const [first] = shown
  if (!first?.tiles)
    return `<section id="scan" class="scan none"${attributes({ 'aria-label': words.noScan })}><p>${escapeMarkup(words.noScan)}</p></section>`
  const { path, width, height } = first.tiles.thumbnail
  const thumbnail = `<img${attributes({ src: relative(from, `${view.folder}/${path}`), width, height, alt: `${view.title} ${first.title}` })}>`
  const tabs = shown.map(
    (page, index) =>
      `<button type="button"${attributes({ 'data-page': page.page.id, 'aria-pressed': index === 0 ? 'true' : 'false' })}>${escapeMarkup(page.title)}</button>`
  )
  return `<section id="scan" class="scan"${attributes({ 'aria-label': `${view.title} ${first.title}`, 'data-root': rootOf(from), 'data-page': first.page.id, 'data-outlined': outlined })}>
<div class="canvas">${thumbnail}</div>
<div class="tools" role="toolbar"${attributes({ 'aria-label': words.zoomIn })} hidden>${tools(words)}</div>${shown.length > 1 ? `\n<div class="tabs" role="group"${attributes({ 'aria-label': view.words.contents })} hidden>${tabs.join('')}</div>` : ''}
<noscript><p>${escapeMarkup(words.noScript)}</p></noscript>
</section>`
}

/** Drawn, since fonts lack the signs: strokes on a field of 16 by 16. */
const icons = {
  in: 'M8 3v10M3 8h10',
  out: 'M3 8h10',
  home: 'M4 2h8v12H4z',
  outlines: 'M2 3h5v4H2zM2 9h5v4H2zM9 3h5v10H9z',
  full: 'M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4'
}

function tools(words: Wording): string {
  const labels = { in: words.zoomIn, out: words.zoomOut, home: words.wholePage, outlines: words.outlines, full: words.fullScreen }
  return (Object.keys(icons) as (keyof typeof icons)[])
    .map((does) => {
      const label = { 'aria-label': labels[does], title: labels[does] }
      const pressed = { 'aria-pressed': does === 'outlines' ? 'true' : undefined }
      return `<button type="button"${attributes({ 'data-does': does, ...label, ...pressed })}><svg viewBox="0 0 16 16" aria-hidden="true"><path d="${icons[does]}"/></svg></button>`
    })
    .join('')
}

function rootOf(path: string): string {
  return '../'.repeat(path.split('/').length - 1)
}

/** The switch between clean text, changes and raw text: plain form controls, which the style sheet looks at. */
export function viewSwitch(words: Wording): string {
  const choices: [value: string, label: string][] = [
    ['clean', words.clean],
    ['diff', words.diff],
    ['raw', words.raw]
  ]
  const inputs = choices.map(
    ([value, label]) =>
      `<label><input type="radio" name="view"${attributes({ value, id: `view-${value}`, checked: value === 'clean' })}> ${escapeMarkup(label)}</label>`
  )
  return `<fieldset class="view"><legend>${escapeMarkup(words.view)}</legend>${inputs.join('')}</fieldset>`
}
