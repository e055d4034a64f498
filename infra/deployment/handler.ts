import { type Outcome, type ResourceRequest, reply } from './cloudFormationReply.ts'
import { makeFact } from './facts.ts'

/** Behind the custom resources of `constructs/deploymentFacts.ts`. Deleting a fact leaves nothing to do. */
export async function handler(request: ResourceRequest): Promise<void> {
  await reply(
    request,
    request.RequestType === 'Delete' ? { Status: 'SUCCESS', Data: {} } : await made(request),
  )
}

async function made({ ResourceProperties }: ResourceRequest): Promise<Outcome> {
  try {
    return { Status: 'SUCCESS', Data: { Value: await makeFact(ResourceProperties) } }
  } catch (error) {
    return { Status: 'FAILED', Reason: String(error) }
  }
}
