import { rmSync } from 'node:fs'
import { CustomResource } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { filePrefixes } from '../../shared/api/files.ts'
import { bundleDeploymentFunction, deploymentFunction } from '../deployment/bundle.ts'
import type { FileStore } from './fileStore.ts'
import { type FunctionSettings, LambdaFunction } from './lambdaFunction.ts'

/** Lambda's longest: a bucket may hold many files. */
const timeoutSeconds = 900

/** Empties the bucket when its stack is deleted: for deployments that leave nothing behind. */
export class PassingBucket extends Construct {
  constructor(scope: Construct, id: string, store: FileStore, settings: FunctionSettings) {
    super(scope, id)
    const bundles = bundleDeploymentFunction()
    const fn = new LambdaFunction(this, {
      name: deploymentFunction,
      summary: 'Empties the bucket of a deployment that is deleted',
      timeoutSeconds,
      settings: { ...settings, bundles },
    })
    // By now the assembly has its copy.
    rmSync(bundles, { recursive: true })
    const { bucket } = store
    store.grantUses(fn, [])
    fn.allow(['s3:ListBucket'], [bucket.bucketArn])
    fn.allow(
      ['s3:DeleteObject'],
      Object.values(filePrefixes).map((prefix) => bucket.arnForObjects(`${prefix}*`)),
    )
    const emptied = new CustomResource(this, 'Emptied', {
      resourceType: 'Custom::DeploymentFact',
      serviceToken: fn.lambda.functionArn,
      properties: { Fact: 'passingBucket' },
    })
    // Deleted in the opposite order: first what empties the bucket, then the bucket.
    emptied.node.addDependency(bucket)
  }
}
