import type { CleanPage } from '@broadsheet/document'
import { pageFrame } from '../pdf/page-frame.ts'
import { layText } from '../pdf/text-layer.ts'
import { portable } from '../portable.ts'
import { wholeBox } from '../publish/places.ts'

/**
 * The clean text of a page as an annotation page (IIIF Presentation 3, W3C Web Annotation): one annotation a printed line,
 * in reading order. A plain JSON value.
 */
export function annotationPage(
  clean: CleanPage,
  ids: { readonly page: string; readonly canvas: string },
  language: string
): Record<string, unknown> {
  const image = clean.page.image
  const frame = image ? pageFrame(image) : undefined
  const runs = frame ? layText(clean).flatMap((block) => block.runs) : []
  const items = runs.map((run, index) => {
    const box = wholeBox(run.box)!
    const target = `${ids.canvas}#xywh=${box.x - frame!.x},${box.y - frame!.y},${box.width},${box.height}`
    const body = { type: 'TextualBody', value: portable(run.chars.join('')), format: 'text/plain', language }
    return { id: `${ids.page}#line-${index + 1}`, type: 'Annotation', motivation: 'supplementing', body, target }
  })
  return { '@context': 'http://iiif.io/api/presentation/3/context.json', id: ids.page, type: 'AnnotationPage', items }
}

/** Whether most characters of a page stand in vertical lines. */
export function isVertical(clean: CleanPage): boolean {
  let vertical = 0
  let all = 0
  for (const { runs } of layText(clean))
    for (const run of runs) {
      all += run.chars.length
      if (run.line.direction === 'vertical-rl') vertical += run.chars.length
    }
  return vertical * 2 > all
}
