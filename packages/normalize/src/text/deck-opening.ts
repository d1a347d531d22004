/** Words of two characters and more that open a deck, with which the numeral 一 makes nothing: ——来自…, ——写在…, ——走进…. */
const plainOpening =
  /^(?:[来來]自[^，。]{2,24}(?:报告|报道|声音|启示|故事|实践|思考|观察|调研|见闻|答卷)$|写在|寫在|写给|寫給|献给|獻給|追记|追記|走进|走進|走访|探访|探訪|回访|专访|專訪|访谈|聚焦|兼[谈评论记]|解读|透视|致敬|对话(?!框|务|剧|费|间))/

/** What opens a deck, and counts things or begins a sentence with 一 as well: 一记重拳, 一读就懂, 一来自河南的司机受伤. */
const doubtfulOpening = /^(?:[来來]自|[访訪记記评評读讀观觀谈談写寫](?![就便再了到起完好来过着读访评观谈下即必]))/

/** Who or what 一 counts, or a sentence of the form 一…就. */
const person =
  /^(?:[读讀]者|[观觀](?:众|眾|察|测|測|光)|[访訪](?:客|问|問)|[谈談](?:判|话|話)|[写寫](?:字|手|真)|[记記](?:录|錄|名)|[评評](?:委|论员|論員))|^(?:走|读|看|来).{1,9}(?<!成)就(?!业)/

/** What 一记 counts: 一记重拳, 一记绝杀. */
const blow =
  /^[记記](?:者|重[拳锤击]|长[传射]|[响響]亮|[绝絕][杀殺妙]|[劲勁远遠怒抽推吊]射|漂亮|精[彩妙]|[闷悶][棍拳雷]|凌空|扣[篮杀]|直[拳传塞射]|[左右][脚勾]|勾[拳手射]|耳光|头[球槌]|警[钟鐘]|妙传|大[脚力]|小角度|[狠猛]|暴[扣击]|轻[巧松吊]|高球|低[射平]|冷[箭射]|世界波|香蕉|点球|任意球|弧线|挑[射传]|削球|截击|倒[钩勾]|三分|压哨|神来|回马|当头|[强定]心|有力|强力|关键|完美|制胜|[^，。]{0,4}(?:拳|掌|耳光|射门|长传|绝杀|进球|扣篮))/

/** What a deck ends with: 见闻, 纪实. */
const deckEnding =
  /(?:纪实|紀實|见闻|見聞|侧记|側記|综述|綜述|纪事|紀事|速写|速寫|掠影|札记|札記|巡礼|巡禮|素描|随想|隨想|访谈录|采访记|启示录)$/

/** What 一 counts or begins, so that 一 is no dash whatever ends the line: 一线见闻, 一次…纪实. */
const counted =
  /^[个個是条條批次些家名种種项項步天年月日位件样樣起定般直切度旦方村镇鎮乡部份张張双雙对對句段把群座代边邊线線流路举跃带帶级級首届期轮站点點处處面心意区县市户栋百千万亿角声时瞬道再经味生世手支只口身本篇幅盏颗束串页课所层圈周季秒小大公体箭场塲文行夜城瓦叶言曲帆脉]/

/**
 * How sure a line, behind its 一, is the rest of a deck that opens with a dash: `certain` by its words alone; `probable` where only what
 * stands above it can tell; absent where 一 may be a numeral.
 */
export function deckBehindOne(rest: string): 'certain' | 'probable' | undefined {
  if (rest.startsWith('一') || /[。，]/.test(rest.slice(0, 30)) || person.test(rest) || rest.length < 4 || rest.length > 44)
    return undefined
  if (plainOpening.test(rest)) return 'certain'
  if (doubtfulOpening.test(rest)) return blow.test(rest) ? undefined : 'probable'
  return rest.length >= 6 && deckEnding.test(rest) && !counted.test(rest) ? 'probable' : undefined
}
