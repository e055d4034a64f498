import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { codeMailedTo } from '../demo/inbox.ts'
import { parseBoard } from './board.ts'
import { type ImportOptions, importBoard } from './importBoard.ts'
import { summary } from './summary.ts'

const usage = `npm run import:trello -- [file] [options]
  file                       a board, exported from Trello as JSON (../shared/data/trello-food-recalls.json)
  --base-url <url>           where Duely answers (http://127.0.0.1:8787)
  --inbox <url>              the inbox that codes of new accounts are read from (<base-url>/inbox)
  --email <address>          your login; without it an owner is signed up
  --password <password>
  --domain <name>            of the addresses that members get (example.com)
  --member-password <text>   of the accounts that are opened
  --due-in-minutes <n>       what has a due date becomes due so many minutes from now (60)
  --remind-in-minutes <n>    and is reminded of so many minutes from now (2)
  --zone <name>              IANA time zone of the workspace and the due dates (this machine's)
  --help                     this text`

const defaultFile = join(import.meta.dirname, '../../../shared/data/trello-food-recalls.json')
const defaultPassword = 'an imported member password'
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** The words to end with; anything else that goes wrong is a defect and shows its stack. */
class Refusal extends Error {}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'base-url': { type: 'string', default: 'http://127.0.0.1:8787' },
    inbox: { type: 'string' },
    email: { type: 'string' },
    password: { type: 'string' },
    domain: { type: 'string', default: 'example.com' },
    'member-password': { type: 'string', default: defaultPassword },
    'due-in-minutes': { type: 'string', default: '60' },
    'remind-in-minutes': { type: 'string', default: '2' },
    zone: { type: 'string', default: Intl.DateTimeFormat().resolvedOptions().timeZone },
    help: { type: 'boolean', default: false },
  },
})

function minutes(name: 'due-in-minutes' | 'remind-in-minutes'): number {
  const number = Number(values[name])
  if (Number.isFinite(number) && number > 0) return number
  throw new Refusal(`--${name} must be a number of minutes above 0, not “${values[name]}”.`)
}

function readOptions(): ImportOptions {
  const { email, password, domain, zone } = values
  if ((email === undefined) !== (password === undefined)) {
    throw new Refusal('--email and --password go together.')
  }
  const baseUrl = values['base-url'].replace(/\/+$/, '')
  const inbox = values.inbox ?? `${baseUrl}/inbox`
  return {
    baseUrl,
    codeFor: (address) => codeMailedTo(inbox, address),
    login: email !== undefined && password !== undefined ? { email, password } : undefined,
    domain,
    password: values['member-password'],
    dueInMinutes: minutes('due-in-minutes'),
    remindInMinutes: minutes('remind-in-minutes'),
    zone,
    say,
  }
}

function readBoard(file: string) {
  try {
    return parseBoard(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Refusal(`${file} cannot be imported. ${(error as Error).message}`)
  }
}

async function main(): Promise<void> {
  if (values.help) return say(usage)
  const board = readBoard(positionals[0] ?? defaultFile)
  for (const line of summary(board, await importBoard(board, readOptions()))) say(line)
}

try {
  await main()
} catch (error) {
  // fetch says "fetch failed" alone; why stands in its cause.
  const { message, cause } = error as Error
  if (message === 'fetch failed') {
    const why = cause instanceof Error ? cause.message : ''
    process.stderr.write(`Nothing answers at ${values['base-url']} (${why}). Start Duely first: npm start\n`)
  } else if (error instanceof Refusal) {
    process.stderr.write(`${error.message}\n`)
  } else {
    throw error
  }
  process.exitCode = 1
}
