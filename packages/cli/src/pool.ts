import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import type { Answer, Task, TaskResult } from './page-task.ts'

export interface PoolOptions {
  readonly jobs: number
  /** A page that takes longer is given up and its worker replaced. */
  readonly timeoutMs: number
  /** A worker is replaced after so many files: WebAssembly memory only grows. */
  readonly recycleAfter: number
}

/** Worker processes for pages. A worker that dies or hangs costs its own page and no other. */
export interface Pool {
  run(task: Task, onProgress?: (done: number, total: number) => void): Promise<TaskResult>
  close(): Promise<void>
}

interface Worker {
  readonly child: ChildProcess
  handled: number
}

interface Waiting {
  readonly task: Task
  readonly onProgress?: ((done: number, total: number) => void) | undefined
  readonly resolve: (result: TaskResult) => void
  readonly reject: (error: Error) => void
}

const workerFile = fileURLToPath(new URL('./page-worker.js', import.meta.url))

export function createPool(options: PoolOptions): Pool {
  const idle: Worker[] = []
  const all = new Set<ChildProcess>()
  const queue: Waiting[] = []
  let busy = 0
  let closed = false

  const start = (): Worker => {
    // "advanced" keeps undefined apart from null; stderr of native libraries is not for the user.
    const child = fork(workerFile, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', process.env.BROADSHEET_DEBUG ? 'inherit' : 'ignore', 'ipc']
    })
    all.add(child)
    child.on('exit', () => all.delete(child))
    return { child, handled: 0 }
  }

  const next = (): void => {
    while (!closed && busy < options.jobs && queue.length > 0) {
      const waiting = queue.shift()!
      busy++
      void handle(idle.pop() ?? start(), waiting, options).then((worker) => {
        busy--
        if (worker && worker.handled < options.recycleAfter && !closed) idle.push(worker)
        else worker?.child.kill('SIGKILL')
        next()
      })
    }
  }

  return {
    run: (task, onProgress) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Failure('The run was stopped.', exitCodes.interrupted))
        queue.push({ task, onProgress, resolve, reject })
        next()
      }),
    async close() {
      closed = true
      for (const waiting of queue.splice(0)) waiting.reject(new Failure('The run was stopped.', exitCodes.interrupted))
      // What a worker has on disk is whole or not there at all, so there is nothing to wait for.
      await Promise.all([...all].map((child) => new Promise((resolve) => child.once('exit', resolve).kill('SIGKILL'))))
    }
  }
}

/** @returns the worker when it can go on. */
function handle(worker: Worker, waiting: Waiting, options: PoolOptions): Promise<Worker | undefined> {
  const { child } = worker
  return new Promise((done) => {
    const end = (worker: Worker | undefined, settle: () => void): void => {
      clearTimeout(timer)
      child.removeAllListeners('message')
      child.off('exit', onExit)
      settle()
      done(worker)
    }
    const onExit = (code: number | null, signal: string | null): void =>
      end(undefined, () =>
        waiting.reject(
          new Failure(`the worker process ended with ${signal ?? code}; the page may need more memory than there is`, exitCodes.engine)
        )
      )
    const timer = setTimeout(() => {
      child.off('exit', onExit)
      child.kill('SIGKILL')
      end(undefined, () =>
        waiting.reject(
          new Failure(
            `gave no answer within ${Math.round(options.timeoutMs / 1000)} s; try --timeout with more seconds or another --engine`,
            exitCodes.engine
          )
        )
      )
    }, options.timeoutMs)
    child.on('exit', onExit)
    child.on('message', (answer: Answer) => {
      if (answer.type === 'progress') return waiting.onProgress?.(answer.done, answer.total)
      worker.handled++
      if (answer.type === 'done') return end(worker, () => waiting.resolve(answer.result))
      end(worker, () =>
        waiting.reject(Object.assign(new Failure(answer.message, answer.exitCode), answer.errno ? { code: answer.errno } : {}))
      )
    })
    child.send(waiting.task)
  })
}
