import type { PageView } from '../articles/view.ts'

/**
 * For every block, whether it, or the last long paragraph before it, was printed before the full stop was common: many 、 and hardly
 * a 。, or no mark at all. A page may hold both: news in the old way, a serial in the new.
 */
export function oldMarks(page: PageView): boolean[] {
  let isOld = false
  return page.blocks.map(({ text }) => {
    if (text.length >= 36) isOld = hasOldMarks(text.slice(0, 2000))
    return isOld
  })
}

/** Whether a long text is set with the marks of old papers. A list of names between 、 in the characters of today is none. */
export function hasOldMarks(text: string): boolean {
  if (!isTraditional(text)) return false
  const stops = text.match(/[。，]/g)?.length ?? 0
  const commas = text.match(/、/g)?.length ?? 0
  return stops <= 0.25 * commas || (stops === 0 && text.length >= 36)
}

function isTraditional(text: string): boolean {
  return (
    new Set(text.match(/[國會時說學無爲為與於後來東車開關長門見個們這對發經應現實點電話動員問間華書報號從將過當軍條樣區體]/g)).size >= 3
  )
}
