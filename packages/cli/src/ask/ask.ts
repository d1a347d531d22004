import { type Answer, type Corrector, type Question, questionKey } from '@broadsheet/normalize'
import { plain } from '../plain.ts'
import { openChat } from './chat.ts'
import { type AskChoice, isProgram } from './choice.ts'
import { openProgram } from './program.ts'

/** Answers that are kept: whoever asks again is told what was said the first time. */
export interface AnswerBook {
  get(choice: AskChoice, question: Question): Promise<Answer | undefined>
  put(choice: AskChoice, answer: Answer): Promise<void>
}

export interface Asked {
  /** In the order of the questions; those that nobody answered are left out. */
  readonly answers: readonly Answer[]
  /** One line when somebody did not answer. */
  readonly unanswered?: string
}

/** Those who did not answer this process once are not asked again by it: a page should not wait for nobody. */
const silent = new Map<string, string>()
const opened = new Map<string, Promise<Corrector>>()

/** Answers for questions: from those at hand, from the book, else by asking. A corrector that fails costs its answers, nothing more. */
export async function askAll(
  questions: readonly Question[],
  atHand: readonly Answer[],
  choice?: AskChoice,
  book?: AnswerBook
): Promise<Asked> {
  const known = new Map(atHand.map((answer) => [questionKey(answer), answer]))
  const answers: Answer[] = []
  let asked = 0
  let unanswered: string | undefined
  for (const question of questions) {
    const given = known.get(questionKey(question)) ?? (choice && (await book?.get(choice, question)))
    if (given) answers.push(given)
    else if (choice && unanswered === undefined && asked < choice.most) {
      asked++
      const answer = await ask(question, choice)
      if (typeof answer === 'string') unanswered = answer
      else {
        await book?.put(choice, answer)
        answers.push(answer)
      }
    }
  }
  return { answers, ...(unanswered === undefined ? {} : { unanswered }) }
}

/** The answer, or a line that says why there is none. */
async function ask({ before, place, after }: Question, choice: AskChoice): Promise<Answer | string> {
  const key = JSON.stringify(choice)
  const failed = silent.get(key)
  if (failed !== undefined) return failed
  try {
    const corrector = await open(choice, key)
    const text = await inTime(corrector.correct({ before, place, after }), choice.timeoutMs)
    if (typeof text !== 'string') throw new Error('the answer is not a text')
    return { before, place, after, text: text.slice(0, longestKept), model: corrector.name }
  } catch (error) {
    const line = `ask ${plain(choice.of)}: ${plain((error as Error).message.split('\n')[0]!)}; pages are done without it`
    silent.set(key, line)
    return line
  }
}

const longestKept = 400

function open(choice: AskChoice, key: string): Promise<Corrector> {
  const known = opened.get(key) ?? (isProgram(choice.of) ? openProgram(choice.of) : openChat(choice))
  opened.set(key, known)
  return known
}

async function inTime<T>(answer: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`gave no answer within ${timeoutMs / 1000} s`)), timeoutMs)
  })
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer))
}
