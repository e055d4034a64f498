import * as fc from 'fast-check'
import { randomId } from './otherIds.ts'

type Json = unknown
type Path = readonly (string | number)[]

/** Numbers that JSON can write and JavaScript cannot read exactly stand here as text, and are unpacked in the body. */
const raw = (number: string): string => `raw:${number}`
const unpacked = (json: string): string => json.replaceAll(/"raw:([^"]+)"/g, '$1')

const nested = (levels: number): Json => {
  let value: Json = 1
  for (let n = 0; n < levels; n++) value = n % 2 === 0 ? [value] : { a: value }
  return value
}

const wrongTypes = [null, true, false, '', ' ', [], {}, [[]], [null], { a: {} }, 'true', '0']
const numbers = [
  0,
  -0,
  -1,
  1.5,
  1e21,
  -1e308,
  2 ** 53,
  5e-324,
  raw('1e999'),
  raw('-1e999'),
  raw('1e-999'),
  100_000,
]
const texts = [
  'x'.repeat(100_000),
  '\u{1F600}'.repeat(600),
  'nul\u0000nul',
  '\ud800',
  'a\udfffb',
  '\u202Egnp.exe',
  '../../etc/passwd',
  "'; DROP TABLE--",
  '2027-02-29',
  '2026-13-01T25:61',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'every '.repeat(2_000),
  '__proto__',
  'constructor',
  randomId('task'),
  randomId('user'),
]
/** Members whose names mean something to JavaScript, as a body brings them: as members of its own. */
const strange = [
  '{"__proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '{"toString":1}',
]
const large = [
  Array.from({ length: 1_000 }, (_, n) => n),
  Array.from({ length: 1_000 }, () => 'same'),
  Array.from({ length: 1_000 }, () => randomId('task')),
  Array.from({ length: 1_000 }, () => ({})),
  Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`k${n}`, n])),
  nested(50),
  nested(2_000),
]

const hostile: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(...wrongTypes),
  fc.constantFrom<Json>(...numbers),
  fc.constantFrom<Json>(...texts),
  fc.constantFrom<Json>(...strange.map((text) => JSON.parse(text))),
  fc.constantFrom<Json>(...large),
  fc.jsonValue({ maxDepth: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: 'binary', maxLength: 30 }),
)

const isObject = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null

/** Paths of everything in a value, the value itself first. */
const pathsOf = (value: Json): Path[] => [
  [],
  ...(isObject(value)
    ? Object.entries(value).flatMap(([name, member]) => pathsOf(member).map((path) => [name, ...path]))
    : []),
]

const changedAt = (value: Json, [name, ...rest]: Path, change: (value: Json) => Json): Json => {
  if (name === undefined) return change(value)
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, Json>
  copy[name] = changedAt(copy[name], rest, change)
  return copy
}

/** Everything in a list twice, and every member of an object once more under another name. */
const doubled = (value: Json): Json => {
  if (Array.isArray(value)) return [...value, ...value]
  if (!isObject(value)) return [value, value]
  return { ...value, ...Object.fromEntries(Object.entries(value).map(([name, one]) => [`${name}2`, one])) }
}
const withoutFirst = (value: Json): Json =>
  isObject(value) && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).slice(1)) : undefined

type Change = (value: Json) => Json
const changes: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: hostile.map((value) => () => value) },
  { weight: 1, arbitrary: fc.constantFrom<Change>(doubled, withoutFirst) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('__proto__', 'constructor', 'id', 'version', 'a~/b', ''), hostile)
      .map(
        ([name, member]) =>
          (value: Json) =>
            isObject(value) && !Array.isArray(value)
              ? Object.defineProperty({ ...value }, name, { value: member, enumerable: true })
              : [value, member],
      ),
  },
)

/**
 * Spoilt versions of a valid body, as JSON text.
 * @param names further members that the body may have
 */
export const mutationsOf = (body: object, names: readonly string[]): fc.Arbitrary<string> => {
  const places: Path[] = [...pathsOf(body), ...names.map((name) => [name])]
  // What stands at another place is of the right form more often than what is made up.
  const moved = fc.constantFrom(...pathsOf(body)).map((path) => () => valueAt(body, path))
  const one = fc.tuple(
    fc.constantFrom(...places),
    fc.oneof({ weight: 4, arbitrary: changes }, { weight: 1, arbitrary: moved }),
  )
  return fc.array(one, { minLength: 1, maxLength: 2 }).map((all) => {
    const spoilt = all.reduce<Json>((value, [path, change]) => {
      // The first change may have taken the place of the second away.
      const isThere = path.every((_, depth) =>
        isObject(depth === 0 ? value : valueAt(value, path.slice(0, depth))),
      )
      return isThere ? changedAt(value, path, change) : value
    }, body)
    return unpacked(JSON.stringify(spoilt) ?? 'null')
  })
}

const valueAt = (value: Json, path: Path): Json =>
  path.reduce<Json>((found, name) => (isObject(found) ? found[name] : undefined), value)
