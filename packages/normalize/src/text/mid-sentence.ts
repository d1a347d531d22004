import type { Context } from '../rule.ts'

/** Words that end neither a sentence nor a heading: particles, prepositions, conjunctions, what leads to what is said. */
const neverLast = new Set(
  '的 将 在 与 和 为 是 把 从 对 向 及 或 以 由 并 使 让 其 这 该 每 各 第 于 若 但 而 且 因 称 同 给 并且 而且 以及 例如 包括 根据 按照 通过 由于 关于 对于 至于 位于 相当于 为了 随着 经过 其中 表示 指出 强调 认为 作为 成为 具有 来自 他 她 它 他们 这个 一个 一种 我国'.split(
    ' '
  )
)

/** How reports begin, and no heading: with a day and who, with a reason. */
const opensReport =
  /^(?:(?:今天|昨天|昨日|今日|当天|近日|日前|截至|据|由于|随着|为了|目前|此外|同时)[^，,]{0,20}[，,]|[^，,]{0,10}\d{1,2}日(?:上午|下午|晚|凌晨|晚间)?[^，,]{0,6}[，,])/

/** Whether a line of today's Chinese without a final mark stops inside a sentence, as its words show: no heading does. */
export function stopsMidSentence({ language, model }: Pick<Context, 'language' | 'model'>, text: string): boolean {
  if (language.startsWith('zh-Hant') || !/[\u4e00-\u9fff]$/.test(text)) return false
  const tail = text.slice(-lookedAt)
  const { ends } = model.dictionary.segment(tail)
  if (neverLast.has(tail.slice(ends.at(-2) ?? 0))) return true
  return opensReport.test(text.slice(0, 40))
}

const lookedAt = 8
