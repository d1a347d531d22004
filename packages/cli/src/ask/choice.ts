import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { wholeNumber } from '../options.ts'
import { plain } from '../plain.ts'

/** What is asked about damaged places, and how much. A plain value: it crosses a process border. Nothing is asked unless a user names it. */
export interface AskChoice {
  /** An OpenAI-compatible base address, `http://127.0.0.1:8080/v1`, or the path of a program file (`.mjs`) that exports a corrector. */
  readonly of: string
  /** Name of the model; absent: the first that the address lists. */
  readonly model?: string
  /** Questions of one page at most. */
  readonly most: number
  /** For one answer. */
  readonly timeoutMs: number
}

export interface AskOptions {
  readonly ask?: string
  readonly askModel?: string
  readonly askMost?: number
  readonly askTimeout?: number
  readonly askRemote?: boolean
}

/** As `broadsheet.yaml` states it. */
export interface AskConfig {
  readonly address: string
  readonly model?: string | undefined
  readonly most?: number | undefined
  readonly timeout?: number | undefined
}

const usual = { most: 24, timeout: 30 } as const

export function addAskOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--ask <address>',
        'ask a language model about flagged places: http://127.0.0.1:PORT/v1, or a program file (.mjs)'
      ).argParser(checkAsked)
    )
    .option('--ask-model <name>', 'the model to ask for, where the address has several')
    .option('--ask-most <n>', `questions a page at most (${usual.most})`, wholeNumber(1))
    .option('--ask-timeout <seconds>', `wait so long for one answer (${usual.timeout})`, wholeNumber(1))
    .option('--ask-remote', 'allow an address that is not on this machine: the text around flagged places is sent there')
}

function checkAsked(of: string): string {
  if (isProgram(of)) return resolve(of)
  if (!addressOf(of)) throw new InvalidArgumentError('Expected an address such as http://127.0.0.1:8080/v1, or a file that ends in .mjs.')
  return of
}

/** What the command line asks for; undefined when it names nothing. @throws Failure for an address elsewhere without consent. */
export function askedOnCommandLine(options: AskOptions): AskChoice | undefined {
  if (options.ask === undefined) return undefined
  if (isRemote(options.ask) && !options.askRemote) throw new Failure(refusal(options.ask), exitCodes.usage)
  return {
    of: options.ask,
    ...(options.askModel ? { model: options.askModel } : {}),
    most: options.askMost ?? usual.most,
    timeoutMs: (options.askTimeout ?? usual.timeout) * 1000
  }
}

/** What an issue asks for. A file alone never sends text away: an address elsewhere needs `--ask-remote` on the command line too. */
export function askedByIssue(config: AskConfig, remote: boolean): AskChoice | { readonly refused: string } {
  if (isRemote(config.address) && !remote) return { refused: refusal(config.address) }
  return {
    of: config.address,
    ...(config.model ? { model: config.model } : {}),
    most: config.most ?? usual.most,
    timeoutMs: (config.timeout ?? usual.timeout) * 1000
  }
}

function refusal(address: string): string {
  return `ask ${plain(address)}: not on this machine, so nothing is asked; --ask-remote allows it, and sends the text around flagged places there`
}

/** A line for whoever looks on, where text leaves the machine. */
export function remoteNotice({ of }: AskChoice): string | undefined {
  return isRemote(of) ? `ask ${plain(of)}: the text around flagged places is sent to ${plain(addressOf(of)!.host)}` : undefined
}

export const isProgram = (of: string): boolean => /\.[cm]?js$/.test(of) && !/^https?:/.test(of)

export function addressOf(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url && /^https?:$/.test(url.protocol) && url.username === '' ? url : undefined
}

/** Whether what is sent there leaves this machine. */
export function isRemote(of: string): boolean {
  const host = isProgram(of) ? undefined : addressOf(of)?.hostname.replace(/^\[|\]$/g, '')
  if (host === undefined) return false
  return !(host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.')))
}
