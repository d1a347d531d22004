/** Behind the last sentence stand names alone: who wrote it. 张力 王小明, 本报记者 李静, 陈雷 摄. */
export function endsInCredit(text: string): boolean {
  return (
    /[。！？”…]\s*[（(]?(?:\s(?:本报)?(?:记者|通讯员|特约记者|实习生)?\s*[\u4e00-\u9fff]{2,4}(?:\s+[\u4e00-\u9fff]{2,4}){0,4}|[\u4e00-\u9fff]{2,4}(?:\s+[\u4e00-\u9fff]{2,4}){1,4}|(?:本报)?(?:记者|通讯员)?\s*[\u4e00-\u9fff]{2,8}\s*)(?:摄|文|图|报道|整理|供图|画)?[）)]?$/.test(
      text.slice(-32)
    ) && /\s|摄$|报道$|供图$|[）)]$/.test(/[。！？”…][^。！？”…]*$/.exec(text.slice(-32))![0])
  )
}

/** Where such names begin: behind the last mark that ends a sentence. */
export function creditStart(text: string): number {
  return endsInCredit(text) ? Math.max(...[...'。！？”…'].map((mark) => text.lastIndexOf(mark))) + 1 : text.length
}
