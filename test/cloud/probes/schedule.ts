import { check, missing, type Probe, works } from './probe.ts'
import { attribute, lambda, queue, ref, told } from './resources.ts'
import { createStack } from './stack.ts'

const resources = {
  Told: queue(),
  Consumer: lambda(`exports.handler = async (event) => { await tell(event['detail-type']) }`, {
    TOLD: ref('Told'),
  }),
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      ScheduleExpression: 'rate(1 minute)',
      Targets: [{ Id: 'consumer', Arn: attribute('Consumer', 'Arn') }],
    },
  },
}

/** A rule on the clock; takes as long as its rate, a minute. */
export const probeSchedule: Probe = async (cloud) => {
  const { outputs } = await createStack(cloud, 'probe-schedule', resources, { told: ref('Told') })
  const begin = Date.now()
  const events = await told<string>(cloud, outputs.told ?? '', (all) => all.length > 0, 90_000)
  const seconds = Math.round((Date.now() - begin) / 1_000)
  return [
    await check('schedule-rate', async () =>
      events[0] === 'Scheduled Event' ? works(`after ${seconds} s`) : missing(`not in ${seconds} s`),
    ),
  ]
}
