import { Duration } from 'aws-cdk-lib'
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
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

  constructor(scope: Construct, id: string, bucketDomain: string) {
    super(scope, id)
    const distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: 'Attached files, as downloads only',
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
      errorResponses: keptErrors.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      defaultBehavior: {
        // Plain HTTPS and not an S3 origin: CloudFront must not sign what is signed already.
        origin: new HttpOrigin(bucketDomain, {
          protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
        }),
        allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD,
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
        cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
        originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        responseHeadersPolicy: new cloudfront.ResponseHeadersPolicy(this, 'Headers', headers),
        compress: false,
      },
    })
    this.url = `https://${distribution.distributionDomainName}`
    acknowledgeDistribution(distribution)
  }
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
