import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { DeploymentFacts } from '../constructs/deploymentFacts.ts'
import type { Identity } from '../constructs/identity.ts'
import type { FunctionSettings } from '../constructs/lambdaFunction.ts'
import { LocalPool } from '../constructs/localPool.ts'
import { MailSender } from '../constructs/mailSender.ts'
import { WorkTable } from '../constructs/table.ts'
import { PeoplePool } from '../constructs/userPool.ts'
import type { Stage } from '../stages.ts'

/** All that has a memory: table, people, verified sender, the facts of this deployment. */
export class DataStack extends Stack {
  readonly table: WorkTable
  readonly identity: Identity
  readonly sender: MailSender

  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { stage: Stage; settings: FunctionSettings },
  ) {
    super(scope, id, props)
    const { stage, settings } = props
    this.table = new WorkTable(this, 'Data', stage)
    this.sender = new MailSender(this, 'Sender', stage)
    this.identity =
      stage.profile === 'aws' ? new PeoplePool(this, 'People', stage) : new LocalPool(this, 'People', stage)
    new DeploymentFacts(this, 'Facts', stage, { identity: this.identity, settings })
    new CfnOutput(this, 'TableName', { value: this.table.table.tableName })
    new CfnOutput(this, 'UserPoolId', { value: this.identity.userPoolId })
    new CfnOutput(this, 'UserPoolClientId', { value: this.identity.clientId })
  }
}
