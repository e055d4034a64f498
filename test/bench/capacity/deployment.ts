import { stages } from '../../../infra/stages.ts'
import { synthesise } from '../../unit/infra/support/synthesis.ts'

/** What the templates of a deployment say that bears on its price. */
export interface DeploymentFacts {
  readonly alarms: number
  readonly memoryGb: number
  readonly plan: 'LITE' | 'ESSENTIALS'
}

const planOf = (tier: unknown): DeploymentFacts['plan'] => {
  if (tier === 'LITE' || tier === 'ESSENTIALS') return tier
  throw new Error(`no price for a user pool of tier ${String(tier)}`)
}

/** Facts of the production stage. */
export const deploymentFacts = (): DeploymentFacts => {
  const { resources } = synthesise(stages.prod)
  const [pool] = resources('AWS::Cognito::UserPool').values()
  const functions = [...resources('AWS::Lambda::Function').values()]
  const memory = functions.map(({ Properties }) => Number(Properties.MemorySize ?? 128))
  return {
    alarms: resources('AWS::CloudWatch::Alarm').size,
    memoryGb: Math.max(...memory) / 1024,
    plan: planOf(pool?.Properties.UserPoolTier),
  }
}
