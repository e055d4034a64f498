import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Stack, Validations } from 'aws-cdk-lib'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import { AwsSolutionsChecks, type IApplyRule, NagRuleCompliance, ServerlessChecks } from 'cdk-nag'
import type { IConstruct } from 'constructs'
import { describe, expect, test } from 'vitest'
import { stages } from '../../../infra/stages.ts'
import { synthesise } from './support/synthesis.ts'

interface Acknowledgement {
  readonly path: string
  readonly rule: string
  readonly reason: string
}

/** Every acknowledgement recorded below a construct. */
function acknowledgements(scope: IConstruct): Acknowledgement[] {
  return scope.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([rule, reason]) => ({
        path: construct.node.path,
        rule: rule.replace(/^annotation::/i, ''),
        reason,
      })),
  )
}

/** Findings as "rule path", before anybody's acknowledgement; what is found without one is reported apart. */
function inspect(scope: IConstruct) {
  const all = new Set<string>()
  const record = (pack: string, { rule, ruleSuffixOverride, node }: IApplyRule) => {
    const result = rule(node)
    const id = `${pack}-${ruleSuffixOverride ?? rule.name}`
    if (result === NagRuleCompliance.NON_COMPLIANT) all.add(`${id} ${node.node.path}`)
    if (Array.isArray(result)) for (const finding of result) all.add(`${id}[${finding}] ${node.node.path}`)
  }
  class Solutions extends AwsSolutionsChecks {
    protected override applyRule(params: IApplyRule) {
      record(this.packName, params)
      super.applyRule(params)
    }
  }
  class Serverless extends ServerlessChecks {
    protected override applyRule(params: IApplyRule) {
      record(this.packName, params)
      super.applyRule(params)
    }
  }
  const open = [new Solutions(), new Serverless()]
    .flatMap((pack) => pack.validateScope(scope).violations)
    .flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    )
  return { all, open }
}

describe('cdk-nag, packs AwsSolutions and Serverless', () => {
  const alarmed = { ...stages.prod, alarmMail: 'ops@example.com' }
  const { app } = synthesise(alarmed)
  const { all, open } = inspect(app)
  const accepted = acknowledgements(app)

  test('has no finding that is not acknowledged', () => {
    expect(open).toEqual([])
  })

  test('acknowledges nothing that is no longer found', () => {
    const within = (found: string, id: string) => found === id || found.startsWith(`${id}/`)
    const stale = accepted.filter(
      ({ rule, path }) => ![...all].some((found) => within(found, `${rule} ${path}`)),
    )
    expect(stale).toEqual([])
  })

  test('acknowledges construct by construct, each with a reason that is a sentence', () => {
    const stacks = new Set(app.node.children.map(({ node }) => node.path))
    for (const { path, reason } of accepted) {
      expect(stacks).not.toContain(path)
      expect(reason.length).toBeGreaterThan(20)
    }
    const rules = Map.groupBy(accepted, ({ rule }) => rule)
    const table = [...rules].map(([rule, list]) => `  ${rule}: ${list.length}`).join('\n')
    console.info(`cdk-nag: ${all.size} findings, ${accepted.length} acknowledgements\n${table}`)
  })

  test('would report a finding if there were one', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'duely-nag-'))
    try {
      const bare = new Stack(new App({ outdir }), 'Bare')
      new Queue(bare, 'Queue')
      expect(inspect(bare).open).toContain('AwsSolutions-SQS3 Bare/Queue/Resource')
    } finally {
      rmSync(outdir, { recursive: true })
    }
  })
})
