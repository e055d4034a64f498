import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { common, root } from '../../../infra/bundle/esbuildOptions.ts'
import * as ours from '../../../infra/bundle/plugins/replacements/dateUtils.ts'

type Parser = (value: unknown) => Date | undefined
type Parsers = Readonly<Record<string, Parser>>

const accepted: Readonly<Record<string, readonly unknown[]>> = {
  parseRfc3339DateTimeWithOffset: [
    '2026-11-21T08:09:10Z',
    '2026-11-21t08:09:10.123z',
    '2024-02-29T23:59:59.5+05:30',
    '2026-01-01T00:00:00-08:00',
    null,
    undefined,
  ],
  parseRfc7231DateTime: [
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    'Sun, 06 Nov 1994 08:49:37.25 GMT',
    null,
  ],
  parseEpochTimestamp: [0, 1_790_000_000, 1_790_000_000.123, '1790000000.5', -1, { tag: 1, value: 7 }, null],
}
const refused: Readonly<Record<string, readonly unknown[]>> = {
  parseRfc3339DateTimeWithOffset: [
    '2026-11-21',
    '2026-11-21 08:09:10Z',
    '2026-13-01T00:00:00Z',
    'tomorrow',
    5,
  ],
  parseRfc7231DateTime: ['06 Nov 1994', '1994-11-06T08:49:37Z', 'Sun, 06 Foo 1994 08:49:37 GMT', 5],
  parseEpochTimestamp: [Number.NaN, Number.POSITIVE_INFINITY, 'soon'],
}

let folder: string
let theirs: Parsers
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dates-'))
  const file = join(root, 'node_modules/@smithy/core/dist-es/submodules/serde/date-utils.js')
  const outfile = join(folder, 'dates.mjs')
  await build({ ...common, entryPoints: [file], format: 'esm', outfile })
  theirs = await import(pathToFileURL(outfile).href)
})
afterAll(() => rm(folder, { recursive: true }))

const parser = (from: object, name: string): Parser => (from as Parsers)[name] as Parser

describe.each(Object.keys(accepted))('our %s', (name) => {
  it.each(accepted[name] ?? [])('reads %j as the SDK does', (value) => {
    expect(parser(ours, name)(value)).toEqual(parser(theirs, name)(value))
  })

  it.each(refused[name] ?? [])('refuses %j as the SDK does', (value) => {
    expect(() => parser(theirs, name)(value)).toThrow()
    expect(() => parser(ours, name)(value)).toThrow(TypeError)
  })
})

it('our dateToUtcString writes as the SDK does', () => {
  const date = new Date('2026-01-02T03:04:05Z')
  expect(ours.dateToUtcString(date)).toBe(
    (theirs.dateToUtcString as unknown as typeof ours.dateToUtcString)(date),
  )
})
