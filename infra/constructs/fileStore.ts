import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import * as s3 from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import type { FileUse } from '../../shared/api/declaration.ts'
import { environmentNames } from '../../shared/api/environment.ts'
import { exportDays, filePrefixes, uploadCors, uploadDays } from '../../shared/api/files.ts'
import { acknowledge } from '../acknowledge.ts'
import type { Stage } from '../stages.ts'
import { FilesOrigin } from './filesOrigin.ts'
import type { LambdaFunction } from './lambdaFunction.ts'

const { uploads, files, exports } = filePrefixes

/** Actions and the keys they are for; a presigned request may do what the function that signed it may. */
const permissions: Readonly<Record<FileUse, readonly { action: string; on: string }[]>> = {
  Upload: [{ action: 's3:PutObject', on: `/${uploads}*` }],
  Accept: [
    { action: 's3:GetObject', on: `/${uploads}*` },
    { action: 's3:PutObject', on: `/${files}*` },
    // Without it S3 hides that an object is missing behind 403.
    { action: 's3:ListBucket', on: '' },
  ],
  Download: [{ action: 's3:GetObject', on: `/${files}*` }],
  Remove: [{ action: 's3:DeleteObject', on: `/${files}*` }],
  WriteExport: [{ action: 's3:PutObject', on: `/${exports}*` }],
  DownloadExport: [{ action: 's3:GetObject', on: `/${exports}*` }],
  RemoveExport: [{ action: 's3:DeleteObject', on: `/${exports}*` }],
}

/** The private bucket of attached files, and where they are downloaded from. */
export class FileStore extends Construct {
  readonly bucket: s3.Bucket
  readonly #url: string
  readonly #origin: string

  constructor(scope: Construct, id: string, stage: Stage, publicOrigin: string) {
    super(scope, id)
    const keep = stage.data === 'keep'
    this.bucket = new s3.Bucket(this, 'Bucket', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: false,
      lifecycleRules: [forgetUploads, forgetExports],
      cors: [uploadsFrom([publicOrigin, ...stage.allowedOrigins])],
      removalPolicy: keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
    acknowledge(
      this.bucket,
      'AwsSolutions-S1',
      'Each access is a signed request that a function has logged; a log bucket would bill for each once more',
    )
    const { bucketName, bucketRegionalDomainName } = this.bucket
    if (stage.profile === 'aws') {
      this.#url = `https://${bucketRegionalDomainName}`
      this.#origin = new FilesOrigin(this, 'Origin', this.bucket).url
    } else {
      // No CloudFront there: the origin of its own is the emulator's, which takes buckets in the path.
      this.#url = `${stage.publicEndpoint}/${bucketName}`
      this.#origin = stage.publicEndpoint
    }
  }

  /** Where files are downloaded from. */
  get origin(): string {
    return this.#origin
  }

  /** Lets the function do what it declares, key prefix by key prefix, and tells it where. */
  grantUses(fn: LambdaFunction, uses: readonly FileUse[]): void {
    for (const { action, on } of uses.flatMap((use) => permissions[use])) {
      fn.allow([action], [this.bucket.bucketArn + on])
      if (on !== '') this.#acknowledgeKeys(fn, on)
    }
    fn.tell({
      [environmentNames.filesBucket]: this.bucket.bucketName,
      [environmentNames.filesBucketUrl]: this.#url,
      [environmentNames.filesOrigin]: this.#origin,
    })
  }

  /** The finding names the export by which the function's stack learns the ARN. */
  #acknowledgeKeys(fn: LambdaFunction, keys: string) {
    const stack = Stack.of(this)
    const exported = stack.resolve(stack.exportValue(this.bucket.bucketArn)) as { 'Fn::ImportValue': string }
    acknowledge(
      fn,
      `AwsSolutions-IAM5[Resource::${exported['Fn::ImportValue']}${keys}]`,
      'Objects are named at run time; nothing under the other prefix is granted',
    )
  }
}

const forgetUploads: s3.LifecycleRule = {
  id: 'forget-uploads-nobody-took',
  prefix: uploads,
  expiration: Duration.days(uploadDays),
  abortIncompleteMultipartUploadAfter: Duration.days(uploadDays),
}

const forgetExports: s3.LifecycleRule = {
  id: 'forget-exports',
  prefix: exports,
  expiration: Duration.days(exportDays),
}

const uploadsFrom = (allowedOrigins: string[]): s3.CorsRule => ({
  allowedMethods: uploadCors.methods.map((method) => s3.HttpMethods[method]),
  allowedHeaders: [...uploadCors.headers],
  allowedOrigins,
  maxAge: uploadCors.maxAgeSeconds,
})
