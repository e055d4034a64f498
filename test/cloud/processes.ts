import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** Takes standard output and error; appended to. */
  readonly log: string
  /** Seconds after which the command is stopped; its exit status is then `timedOut`. */
  readonly limit: number
}

/** Exit status of a command that took longer than its limit, as of timeout(1). */
export const timedOut = 124

export interface Running {
  readonly pid: number
  /** Exit status, or 128 for an end by signal. */
  readonly ended: Promise<number>
  /** Ends the command and all it started: SIGTERM to its process group, SIGKILL after the grace period. */
  stop(graceMilliseconds?: number): Promise<void>
}

/** Starts a command in a process group of its own, whose standard input stays open as long as we live. */
export function start(command: Omit<Command, 'limit'>): Running {
  const log = openSync(command.log, 'a')
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    stdio: ['pipe', log, log],
    detached: true,
  })
  closeSync(log)
  const ended = endOf(child)
  // Reported by `run` and by `stop`; a command that dies in between must not end us as an unhandled rejection.
  ended.catch(() => undefined)
  return { pid: child.pid ?? 0, ended, stop: (grace = 3_000) => stopGroup(child, ended, grace) }
}

/** Runs a command to its end and returns its exit status. */
export async function run(command: Command, onStart?: (running: Running) => void): Promise<number> {
  const running = start(command)
  onStart?.(running)
  const timer = new AbortController()
  const late = delay(command.limit * 1_000, timedOut, { signal: timer.signal })
  // Aborted, once the command has ended in time.
  late.catch(() => undefined)
  const status = await Promise.race([running.ended, late])
  timer.abort()
  if (status === timedOut) await running.stop()
  return status
}

/** The last lines of a log, for a message about what went wrong. */
export function tail(log: string, lines = 15): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
}

async function endOf(child: ChildProcess): Promise<number> {
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 128
}

async function stopGroup(child: ChildProcess, ended: Promise<number>, grace: number): Promise<void> {
  if (child.pid === undefined) return
  signalGroup(child.pid, 'SIGTERM')
  const timer = new AbortController()
  await Promise.race([ended, delay(grace, undefined, { signal: timer.signal }).catch(() => undefined)])
  timer.abort()
  // Also after a clean end: workers that the command left behind are in its group.
  signalGroup(child.pid, 'SIGKILL')
  await ended
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
