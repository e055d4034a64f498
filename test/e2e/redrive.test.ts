import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ListQueuesCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { expect } from 'vitest'
import { sqs } from '../cloud/probes/aws.ts'
import { binaries, region, repository, stage } from '../cloud/settings.ts'
import { cloudEndpoint, inCloud } from '../support/e2e/cloud.ts'
import { inboxOf } from '../support/e2e/inbox.ts'
import { newPerson } from '../support/e2e/people.ts'
import { newTeam, soon } from '../support/e2e/team.ts'

/** As an operator does it: `npm run redrive -- --stage … --queue …`. */
const redrive = (queue: string) =>
  promisify(execFile)(
    join(binaries, 'node'),
    [join(repository, 'local/redrive/run.ts'), '--stage', stage, '--queue', queue],
    {
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: cloudEndpoint,
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
      },
    },
  )

inCloud('queue-consumer', 'queue-redrive')(
  'a notice among the dead letters is sent once they are put back',
  async () => {
    const [team, ana] = await Promise.all([newTeam(), newPerson('Ana')])
    const { workspaceId, owner } = team
    await team.admit(ana, 'member')
    const task = await team.addTask({ title: 'Lost', assigneeIds: [ana.id] })
    const inbox = inboxOf(ana, workspaceId)
    const first = await inbox.entry(({ kind }) => kind === 'assigned')

    const client = sqs({ url: cloudEndpoint })
    const QueueNamePrefix = `duely-${stage}-pipeline-notificationsDeadLetters`
    const { QueueUrls = [] } = await client.send(new ListQueuesCommand({ QueueNamePrefix }))
    expect(QueueUrls).toHaveLength(1)
    // The same at another time is another notice.
    const at = new Date(Date.parse(first.at) + 1_000).toISOString()
    const about = { workspaceId, taskId: task.id, userId: ana.id, by: owner.id, version: task.version }
    const MessageBody = JSON.stringify({ kind: 'assigned', ...about, at })
    await client.send(new SendMessageCommand({ QueueUrl: QueueUrls[0], MessageBody }))

    const { stdout } = await redrive('notifications')
    expect(stdout).toMatch(/notifications: \d+/)
    await soon(async () => expect((await inbox.entries()).map((entry) => entry.at)).toEqual([at, first.at]))
  },
)
