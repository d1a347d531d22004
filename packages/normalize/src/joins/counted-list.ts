const numerals: Readonly<Record<string, number>> = { 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10 }
const counted = /^(\d{1,2}|[两三四五六七八九十])(?:件|个|项|条|类|大|家|处|所|座|种|名|位|部|镇|县|区|市)/

/**
 * The number of items of a list that the text begins with, when it says their number itself: A、B、C3个项目 is 3.
 * Items are parted by 、 outside brackets; a sum that adds up shows that no item is missing. Undefined when there is none, or it does not add up.
 */
export function countedItems(text: string): number | undefined {
  let items = 1
  let depth = 0
  for (let at = 0; at < Math.min(text.length, farthest); at++) {
    const char = text[at]!
    if ('（(《“'.includes(char)) depth++
    else if ('）)》”'.includes(char)) depth--
    else if (depth === 0 && '，。；,;：:'.includes(char)) return undefined
    else if (depth === 0 && char === '、') items++
    else if (items >= 3 && depth === 0) {
      const match = counted.exec(text.slice(at, at + 4))
      if (match && !/\d/.test(text[at - 1] ?? '')) return (numerals[match[1]!] ?? Number(match[1])) === items ? items : undefined
    }
  }
  return undefined
}

/** How far a list is read. */
const farthest = 160

/** The text stops on a verb and the beginning of its object: 遴选了胶济. */
export function stopsInObject(text: string): boolean {
  return /(?:[了对将把为]|建设|推进|实施|完成|启动|打造|新建|改造|包括|涉及|举办|选出)[\u4e00-\u9fff]{1,4}$/.test(text.slice(-12))
}
