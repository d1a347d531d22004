import { basename } from 'node:path'
import { type ExitCode, exitCodes } from './exit-codes.ts'

/** Something a user can mend: what is wrong, where, and what to do, in one line. Never shown with a stack. */
export class Failure extends Error {
  readonly exitCode: ExitCode
  constructor(message: string, exitCode: ExitCode = exitCodes.other) {
    super(message)
    this.name = 'Failure'
    this.exitCode = exitCode
  }
}

const byErrno: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space and run the same command again, what is done is kept',
  EDQUOT: 'your disk quota is used up; free some space and run the same command again, what is done is kept',
  EACCES: 'no permission; check who owns it',
  EPERM: 'not permitted; check who owns it',
  EROFS: 'the file system is read-only; choose another --out',
  ENOENT: 'there is no such file or folder',
  EEXIST: 'something of that name is in the way; move it elsewhere',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder; name a file',
  EMFILE: 'too many open files; lower --jobs or raise ulimit -n',
  EIO: 'the disk reported an error; check the disk',
  ENAMETOOLONG: 'the name is too long for this disk'
}

/** A system error as one line that says what to do; other errors as their message. */
export function describeError(error: unknown): string {
  if (error instanceof Failure) return error.message
  const errno = error as NodeJS.ErrnoException
  const advice = errno?.code ? byErrno[errno.code] : undefined
  if (advice) return `${errno.path ? `${errno.path}: ` : ''}${advice} (${errno.code})`
  return error instanceof Error ? error.message : String(error)
}

/** An error about a file, the file named once: readers begin with its name, system errors with its path. */
export function describeErrorOf(path: string, error: unknown): string {
  const message = describeError(error)
  const name = basename(path)
  if (message.startsWith(`${name} `)) return `${path}${message.slice(name.length)}`
  return message.includes(path) ? message : `${path}: ${message}`
}

/** Whether a system error concerns the disk and not the file in hand: going on would only repeat it. */
export function isDiskError(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO'].includes((error as NodeJS.ErrnoException)?.code ?? '')
}

/** Errors of our packages, known by name: another copy of a package has another class. */
const byErrorName: Readonly<Record<string, ExitCode>> = {
  ScanError: exitCodes.fileAccess,
  ReadError: exitCodes.fileAccess,
  EngineError: exitCodes.engine
}

/** The exit code an error ends the command with. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof Failure) return error.exitCode
  if ((error as NodeJS.ErrnoException)?.syscall) return exitCodes.fileAccess
  return byErrorName[(error as Error)?.name] ?? exitCodes.other
}
