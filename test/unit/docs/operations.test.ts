import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { stages } from '../../../infra/stages.ts'
import { synthesise } from '../infra/support/synthesis.ts'

const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8')
const deployed = synthesise(stages.prod)

test('the page about operations explains every alarm', () => {
  const names = [...deployed.resources('AWS::CloudWatch::Alarm').values()].map(({ Properties }) =>
    String(Properties.AlarmName),
  )
  expect(names.length).toBeGreaterThan(5)
  // What stands behind a second colon repeats the declaration of the function.
  const impacts = names.map((name) => name.split(': ')[1])
  expect(impacts.filter((impact) => !page.includes(`| ${impact} `))).toEqual([])
})

test('the page about operations names only outputs that the stacks have', () => {
  const outputs = [...deployed.templates.values()].flatMap((template) =>
    Object.keys(template.findOutputs('*')),
  )
  const named = [...page.matchAll(/[`<](\w+(?:Url|PoolId|TableName)|TableName)[`>]/g)].map(([, name]) => name)
  expect(new Set(named).size).toBeGreaterThan(3)
  expect(named.filter((name) => !outputs.includes(String(name)))).toEqual([])
})
