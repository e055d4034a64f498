import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { SQSClient } from '@aws-sdk/client-sqs'
import { environmentFile } from '../dataDirectory.ts'
import { adoptEnvironment } from '../environment.ts'
import { byLambda, inProcess } from './feeds.ts'
import { redrive } from './redrive.ts'

const usage = `npm run redrive -- [options]
  --stage <name>   of the deployment; region, credentials and endpoints as the AWS SDKs find them
                   (AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL, …). Without it: the runtime that \`npm start\` runs
  --data <folder>  where that runtime keeps its data (.local)
  --queue <name>   only notifications, mails, jobs, webhooks, mailEvents, or stream (records that were parked)
  --dry-run        only say how many there are
  --help           this text`

const { values } = parseArgs({
  options: {
    stage: { type: 'string' },
    data: { type: 'string', default: '.local' },
    queue: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Takes over the environment in which the functions of the embedded runtime run. */
const joinRuntime = (folder: string): boolean => {
  const file = join(folder, environmentFile)
  if (!existsSync(file)) return false
  adoptEnvironment(JSON.parse(readFileSync(file, 'utf8')))
  return true
}

const { stage } = values
if (values.help) {
  say(usage)
} else if (stage === undefined && !joinRuntime(values.data)) {
  say(
    `Nothing runs in ${values.data}. Start it with \`npm start\`, or name a deployment with --stage.\n\n${usage}`,
  )
  process.exitCode = 2
} else {
  const streams = new DynamoDBStreamsClient({
    ...(stage === undefined && { endpoint: String(process.env.AWS_ENDPOINT_URL_DYNAMODB) }),
  })
  const isWhole = await redrive({
    sqs: new SQSClient({}),
    streams,
    feed: stage === undefined ? inProcess() : byLambda(streams),
    prefix: stage === undefined ? '' : `duely-${stage}-pipeline-`,
    queue: values.queue,
    dryRun: values['dry-run'],
    log: say,
  })
  if (!isWhole) process.exitCode = 1
}
