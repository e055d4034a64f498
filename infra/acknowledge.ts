import { Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/**
 * Accepts one finding of cdk-nag on one construct, for a reason that stands beside it.
 * A test fails on a finding that nobody accepted, and on an acceptance without a finding.
 */
export function acknowledge(construct: IConstruct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: rule, reason })
}
