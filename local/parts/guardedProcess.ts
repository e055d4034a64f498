import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * A POSIX shell that runs a program and ends it when its own standard input closes. That pipe closes when
 * this process ends, however it ends: so not even SIGKILL leaves the program behind.
 */
const guard = `
exec 3<&0
"$0" "$@" 3<&- </dev/null &
program=$!
{ read -r line <&3; kill "$program"; } 2>/dev/null &
watcher=$!
exec 3<&- </dev/null
wait "$program"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`

export interface GuardedProcess {
  /** Everything the program wrote so far, both streams. */
  output(): string
  /** Resolves with the exit code when the program has ended. */
  readonly ended: Promise<number | null>
  /** Asks the program to end and waits for it; after one second it is killed. */
  stop(): Promise<void>
}

/**
 * Starts a program that can't outlive this process. It runs in a process group of its own, so that Ctrl-C
 * in the terminal reaches only this process, which then stops its parts in the right order.
 */
export function startGuarded(program: string, args: readonly string[]): GuardedProcess {
  const child = spawn('/bin/sh', ['-c', guard, program, ...args], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let output = ''
  const collect = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4000)
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  // A pipe that breaks because the program has ended already is what `ended` reports.
  child.stdin.on('error', (error) => collect(Buffer.from(error.message)))
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return { output: () => output, ended, stop: () => stop(child, ended) }
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.stdin?.end()
  const lastResort = setTimeout(() => killGroup(child.pid), 1000)
  await ended
  clearTimeout(lastResort)
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  process.kill(-pid, 'SIGKILL')
}
