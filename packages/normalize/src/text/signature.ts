import { splitRunOfNames } from '../articles/surnames.ts'

/** Behind the last sentence stand names alone: who wrote it. 张力 王小明, 本报记者 李静, 陈雷 摄. */
export function endsInCredit(text: string): boolean {
  const behind = /[。！？”…]([^。！？”…]+)$/.exec(text.trimEnd().slice(-32))?.[1]
  if (behind === undefined) return false
  return (
    (names.test(behind) && /\s|摄$|报道$|供图$|[）)]$/.test(behind)) ||
    (namesOfReporters.test(behind) && /记者|通讯员/.test(behind)) ||
    (/^[\u4e00-\u9fff]{5,16}$/.test(behind) && splitRunOfNames(behind) !== undefined)
  )
}

const tasks = '(?:摄影|摄|文图|图文|文|图|报道|整理|供图|画)?\\s*[）)]?$'
const names = new RegExp(`^\\s*[（(]?\\s*(?:[\\u4e00-\\u9fff]{2,4}(?:\\s+[\\u4e00-\\u9fff]{2,4}){0,4}|[\\u4e00-\\u9fff]{2,8})\\s*${tasks}`)
const namesOfReporters = new RegExp(
  `^\\s*[（(]?\\s*(?:本报|新华社|中新社)?(?:记者|通讯员|特约记者|实习生)\\s*[\\u4e00-\\u9fff]{2,8}(?:\\s+[\\u4e00-\\u9fff]{2,8}){0,4}\\s*${tasks}`
)

/** Where such names begin: behind the last mark that ends a sentence. */
export function creditStart(text: string): number {
  return endsInCredit(text) ? Math.max(...[...'。！？”…'].map((mark) => text.lastIndexOf(mark))) + 1 : text.length
}
