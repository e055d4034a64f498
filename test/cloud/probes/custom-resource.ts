import { check, judge, type Probe } from './probe.ts'
import { attribute, lambda, queue, ref, told } from './resources.ts'
import { createStack, deleteStack, stackNames } from './stack.ts'

// Answers CloudFormation at the URL it gives, with an attribute made from a property.
const provider = `exports.handler = async (event) => {
  await tell(event.RequestType)
  const { StackId, RequestId, LogicalResourceId, ResourceProperties } = event
  const answer = { Status: 'SUCCESS', StackId, RequestId, LogicalResourceId, PhysicalResourceId: 'probe-1',
    Data: { Made: 'made of ' + ResourceProperties.Word } }
  await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(answer) })
}`

/** A resource made by a function; its stack is then deleted by ARN. The queue of requests outlives that stack. */
export const probeCustomResource: Probe = async (cloud) => {
  const name = 'probe-custom-resource'
  const { outputs: kept } = await createStack(cloud, `${name}-told`, { Told: queue() }, { told: ref('Told') })
  const resources = {
    Provider: lambda(provider, { TOLD: kept.told }),
    Made: {
      Type: 'Custom::Probe',
      Properties: { ServiceToken: attribute('Provider', 'Arn'), Word: 'words' },
    },
  }
  const stack = await createStack(cloud, name, resources, { made: attribute('Made', 'Made') })
  const end = await deleteStack(cloud, stack.id)
  const left = await stackNames(cloud)
  const requests = await told<string>(cloud, kept.told ?? '', (all) => all.includes('Delete'), 5_000)
  return [
    await check('stack-custom-resource', async () => {
      const seen = `${requests.join(' ')}, attribute "${stack.outputs.made}"`
      return judge(seen === 'Create Delete, attribute "made of words"', seen)
    }),
    await check('stack-delete', async () => judge(!left.includes(name), end)),
  ]
}
