import { check, judge, missing, type Probe, works } from './probe.ts'
import { attribute, lambda, queue, ref, told } from './resources.ts'
import { createStack } from './stack.ts'

const beat = 'Scheduled Event'

/** Some hours from now: a rule of a day must not invoke while we look. */
const nightly = () => (new Date().getUTCHours() + 6) % 24
const cronOf = (hour: number) => `cron(15 ${hour} * * ? *)`

const rule = (ScheduleExpression: string, consumer: string) => ({
  Type: 'AWS::Events::Rule',
  Properties: { ScheduleExpression, Targets: [{ Id: 'consumer', Arn: attribute(consumer, 'Arn') }] },
})

const resources = {
  Told: queue(),
  Consumer: lambda(`exports.handler = async (event) => { await tell(event['detail-type']) }`, {
    TOLD: ref('Told'),
  }),
  Rule: rule('rate(1 minute)', 'Consumer'),
  Daily: lambda(`exports.handler = async () => { await tell('daily') }`, { TOLD: ref('Told') }),
  Day: rule('rate(1 day)', 'Daily'),
  Night: rule(cronOf(nightly()), 'Daily'),
}

/** Rules on the clock; takes as long as the shortest rate, a minute. */
export const probeSchedule: Probe = async (cloud) => {
  const { outputs } = await createStack(cloud, 'probe-schedule', resources, { told: ref('Told') })
  const begin = Date.now()
  const events = await told<string>(cloud, outputs.told ?? '', (all) => all.includes(beat), 90_000)
  const seconds = Math.round((Date.now() - begin) / 1_000)
  return [
    await check('schedule-rate', async () =>
      events.includes(beat) ? works(`after ${seconds} s`) : missing(`not in ${seconds} s`),
    ),
    await check('schedule-day', async () =>
      judge(
        !events.includes('daily'),
        `${events.filter((event) => event !== beat).length} runs in ${seconds} s`,
      ),
    ),
  ]
}
