import { capabilities, type Finding } from './capabilities.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** Prints one step as it begins, with the seconds since the start. */
export function announcer(): (step: string) => void {
  const begin = performance.now()
  return (step) => say(`[${String(Math.round((performance.now() - begin) / 1_000)).padStart(3)} s] ${step}`)
}

/** What the launcher sets right in the emulator; kept beside `emulator/*.py`. */
const corrections = [
  'HTTP API integrations get the 1.0 event that they declare; so many at a time as this machine bears (emulator/payload_v1.py)',
  'HTTP APIs without CORS configuration hand preflights to their routes (emulator/preflights.py)',
  'WebSocket upgrades are answered with the subprotocol, or the refusal, of $connect (emulator/handshakes.py)',
  'answers to WebSocket messages go back where the route has a response (emulator/route_responses.py)',
  'functions reach the management of WebSocket connections (emulator/live_endpoint.py)',
  'stream records reported as failed are delivered again (emulator/stream_failures.py)',
  'batch calls of SQS need the grant of the single call (emulator/queue_actions.py)',
  'bounces and complaints of the mailbox simulator reach the event bus (emulator/mail_events.py)',
  'a grant to send mail may name the sender (emulator/mail_rights.py)',
  'loopback requests count as made over TLS, which bucket policies demand (emulator/transport.py)',
]

/** Prints the verdicts as a table; those that are not `works` with what would be the case on AWS. */
export function printFindings(version: string, findings: readonly Finding[]): void {
  const width = Math.max(...findings.map((finding) => finding.name.length))
  say(`\nMiniStack ${version}, with these corrections:`)
  for (const correction of corrections) say(`  - ${correction}`)
  say('')
  for (const { name, verdict, detail } of findings) {
    const expected = verdict === 'works' ? '' : `  [AWS: ${capabilities[name]}]`
    say(`  ${verdict.padEnd(8)} ${name.padEnd(width)}  ${detail}${expected}`)
  }
  const off = findings.filter((finding) => finding.verdict !== 'works')
  say(
    `\n  ${findings.length - off.length} of ${findings.length} work; tests that need the others are skipped by name\n`,
  )
}

export function printNames(title: string, names: readonly string[]): void {
  if (names.length > 0) say(`\n${title}:`)
  for (const name of names) say(`  ${name}`)
}
