import { type Outcome, type ResourceRequest, reply } from './cloudFormationReply.ts'
import { makeFact, unmakeFact } from './facts.ts'

/** Behind the custom resources of `constructs/deploymentFacts.ts` and `constructs/passingBucket.ts`. */
export async function handler(request: ResourceRequest): Promise<void> {
  await reply(request, await outcomeOf(request))
}

async function outcomeOf({ RequestType, ResourceProperties }: ResourceRequest): Promise<Outcome> {
  try {
    if (RequestType !== 'Delete')
      return { Status: 'SUCCESS', Data: { Value: await makeFact(ResourceProperties) } }
    await unmakeFact(ResourceProperties)
    return { Status: 'SUCCESS', Data: {} }
  } catch (error) {
    return { Status: 'FAILED', Reason: String(error) }
  }
}
