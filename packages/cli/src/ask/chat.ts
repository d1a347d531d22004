import type { Corrector, Question } from '@broadsheet/normalize'
import { plain } from '../plain.ts'
import type { AskChoice } from './choice.ts'

/** A key for addresses that want one; a local server wants none. */
const keyVariable = 'BROADSHEET_ASK_KEY'
const mostBytes = 256 * 1024

/**
 * A language model behind an OpenAI-compatible chat address (llama.cpp, Ollama, vLLM, LM Studio). Asked at temperature 0, one place at a
 * time, and told nothing but the place and the text around it.
 *
 * @throws Error with one line when the address does not answer.
 */
export async function openChat({ of, model, timeoutMs }: AskChoice): Promise<Corrector> {
  const base = of.replace(/\/+$/, '')
  const name = model ?? (await firstModel(base, timeoutMs))
  return {
    name,
    async correct(question) {
      const answer = await request(`${base}/chat/completions`, timeoutMs, {
        model: name,
        temperature: 0,
        seed: 1,
        max_tokens: 256,
        stream: false,
        messages: messagesFor(question)
      })
      const text = (answer as ChatAnswer | undefined)?.choices?.[0]?.message?.content
      if (typeof text !== 'string') throw new Error('the answer is not that of a chat address (choices[0].message.content)')
      // Models that think aloud say the answer behind it.
      return text
        .slice(text.lastIndexOf('</think>') + 1 && text.lastIndexOf('</think>') + '</think>'.length)
        .trim()
        .slice(0, 400)
    }
  }
}

interface ChatAnswer {
  readonly choices?: readonly { readonly message?: { readonly content?: unknown } }[]
}

const task =
  '你校对报纸的光学识别文本。文中【】里的字可能认错了。根据上下文判断原来印的是什么字，字数与【】里相同。只回答这几个字，不解释。没有把握，就回答“?”。'

function messagesFor({ before, place, after }: Question): { role: string; content: string }[] {
  return [
    { role: 'system', content: task },
    { role: 'user', content: '会议要求，各区【具】委书记要带头落实。' },
    { role: 'assistant', content: '县' },
    { role: 'user', content: `${before}【${place}】${after}` }
  ]
}

async function firstModel(base: string, timeoutMs: number): Promise<string> {
  const list = (await request(`${base}/models`, timeoutMs)) as { data?: readonly { id?: unknown }[] } | undefined
  const name = list?.data?.[0]?.id
  if (typeof name !== 'string' || name === '') throw new Error('lists no model; name one with --ask-model')
  return name
}

/** One request, one answer: no redirection is followed, and no more is read than an answer can be long. */
async function request(url: string, timeoutMs: number, body?: unknown): Promise<unknown> {
  const key = process.env[keyVariable]
  const headers = { accept: 'application/json', 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) }
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(url, {
      headers,
      signal,
      redirect: 'error',
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) })
    })
    const text = await readBounded(response)
    if (!response.ok) throw new Error(`answers ${response.status} ${plain(text.slice(0, 120)).trim()}`)
    return JSON.parse(text)
  } catch (error) {
    throw new Error(describe(error, timeoutMs))
  }
}

async function readBounded(response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader!.read()) {
    size += part.value.length
    if (size > mostBytes) {
      await reader!.cancel()
      throw new Error('answers at too great a length')
    }
    parts.push(part.value)
  }
  return Buffer.concat(parts).toString('utf8')
}

function describe(error: unknown, timeoutMs: number): string {
  const { name, message, cause } = error as Error & { cause?: { code?: unknown } }
  if (name === 'TimeoutError') return `gave no answer within ${timeoutMs / 1000} s`
  if (name === 'SyntaxError') return 'the answer is not JSON'
  if (typeof cause?.code === 'string') return `cannot be reached (${plain(cause.code)})`
  return plain(cause instanceof Error ? cause.message : message)
}
