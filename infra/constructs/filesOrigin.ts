import { Duration } from 'aws-cdk-lib'
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront'
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { fileHeaders } from '../../shared/api/files.ts'
import { acknowledge } from '../acknowledge.ts'

/** Statuses of which CloudFront would otherwise keep an answer for ten seconds, for everybody. */
const keptErrors = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]

/**
 * CloudFront before the bucket: an origin of its own, so that no file ever runs beside the product, with headers that
 * let none run at all. It has no right to the bucket: the signature in the address is passed on, and S3 verifies it.
 */
export class FilesOrigin extends Construct {
  readonly url: string

  constructor(scope: Construct, id: string, bucket: Bucket) {
    super(scope, id)
    const distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: 'Attached files, as downloads only',
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
      errorResponses: keptErrors.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      defaultBehavior: {
        // Without an access control: CloudFront must not sign what is signed already. CDK's own types are not exact.
        origin: S3BucketOrigin.withBucketDefaults(bucket as IBucket),
        allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD,
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
        cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
        originRequestPolicy: new cloudfront.OriginRequestPolicy(this, 'Signature', signature),
        responseHeadersPolicy: new cloudfront.ResponseHeadersPolicy(this, 'Headers', headers),
        compress: false,
      },
    })
    this.url = `https://${distribution.distributionDomainName}`
    acknowledgeDistribution(distribution)
  }
}

/** S3 gets the query, which holds the signature, and no header or cookie: it refuses some that are not signed. */
const signature: cloudfront.OriginRequestPolicyProps = {
  comment: 'The signed query, and nothing else',
  queryStringBehavior: cloudfront.OriginRequestQueryStringBehavior.all(),
}

const named = (header: keyof typeof fileHeaders) => ({ header, value: fileHeaders[header], override: true })

/** The declared headers; CloudFront takes the best known of them under names of its own. */
const headers: cloudfront.ResponseHeadersPolicyProps = {
  comment: 'Nothing here runs, is framed, or is taken for another type',
  securityHeadersBehavior: {
    contentSecurityPolicy: {
      contentSecurityPolicy: fileHeaders['content-security-policy'],
      override: true,
    },
    contentTypeOptions: { override: true },
    referrerPolicy: {
      referrerPolicy: fileHeaders['referrer-policy'] as cloudfront.HeadersReferrerPolicy,
      override: true,
    },
  },
  customHeadersBehavior: {
    customHeaders: [named('cross-origin-resource-policy'), named('cache-control')],
  },
}

function acknowledgeDistribution(distribution: cloudfront.Distribution): void {
  acknowledge(distribution, 'AwsSolutions-CFR1', 'The members of a team may be anywhere')
  acknowledge(
    distribution,
    'AwsSolutions-CFR2',
    'S3 refuses whatever is not signed; a firewall bills by the month',
  )
  acknowledge(distribution, 'AwsSolutions-CFR3', 'Each address is signed by a function that logs the request')
  acknowledge(
    distribution,
    'AwsSolutions-CFR4',
    'The certificate of cloudfront.net fixes the minimum; browsers negotiate TLS 1.3',
  )
  acknowledge(
    distribution,
    'AwsSolutions-CFR7',
    'An access control would sign anew what is signed: CloudFront has no right to the bucket, callers have one each',
  )
}
