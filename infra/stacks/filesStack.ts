import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { FileStore } from '../constructs/fileStore.ts'
import type { Gateway } from '../constructs/gateway.ts'
import type { FunctionSettings } from '../constructs/lambdaFunction.ts'
import { PassingBucket } from '../constructs/passingBucket.ts'
import type { Stage } from '../stages.ts'

/** Attached files. Apart from the other data, since the bucket has to know where the product's pages come from. */
export class FilesStack extends Stack {
  readonly store: FileStore

  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { stage: Stage; gateway: Gateway; settings: FunctionSettings },
  ) {
    super(scope, id, props)
    const { stage, gateway, settings } = props
    this.store = new FileStore(this, 'Files', stage, originOf(stage, gateway))
    // LocalStack goes with its container.
    if (stage.data === 'discard' && stage.profile === 'aws')
      new PassingBucket(this, 'Passing', this.store, settings)
    new CfnOutput(this, 'FilesBucketName', { value: this.store.bucket.bucketName })
    new CfnOutput(this, 'FilesOrigin', { value: this.store.origin })
  }
}

/** Origin of the product's pages: an address without the base path that it may have on LocalStack. */
const originOf = (stage: Stage, gateway: Gateway): string =>
  stage.profile === 'aws' ? gateway.url : stage.publicEndpoint
