import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/** One generated class, as the SDK's code generator prints it; the names must agree with one another. */
const errorClass = new RegExp(
  [
    String.raw`^export class (?<name>\w+) extends __BaseException \{`,
    '    static shapeId = (?<shapeId>"[^"]+");',
    String.raw`    name = "\k<name>";`,
    String.raw`    \$fault = (?<fault>"\w+");`,
    String.raw`(?:    \w+;\n)*    constructor\(opts\) \{`,
    String.raw`        super\(\{`,
    String.raw`            name: "\k<name>",`,
    String.raw`            \$fault: \k<fault>,`,
    String.raw`            \.\.\.opts,`,
    String.raw`        \}\);`,
    String.raw`        Object\.setPrototypeOf\(this, \k<name>\.prototype\);`,
    String.raw`(?<members>(?:        this\.(\w+) = opts\.\w+;\n)*)    \}`,
    String.raw`\}$`,
  ].join('\n'),
  'gm',
)

const maker = `
const errorOf = (shapeId, name, $fault, ...members) => {
  const E = class extends __BaseException {
    static shapeId = shapeId
    name = name
    $fault = $fault
    constructor(opts) {
      super({ name, $fault, ...opts })
      Object.setPrototypeOf(this, E.prototype)
      for (const member of members) this[member] = opts[member]
    }
  }
  return E
}
`

/**
 * Writes the error classes of an SDK client as calls of one function: a client brings up to sixty of them,
 * all alike, 300 bytes each. A class that does not look like the others is left as it is.
 */
export function compactErrors(): Plugin {
  return {
    name: 'compact-errors',
    setup(build) {
      const filter = /node_modules[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]models[\\/]errors\.js$/
      build.onLoad({ filter }, async ({ path }) => ({ contents: compact(await readFile(path, 'utf8')) }))
    },
  }
}

function compact(source: string): string {
  return maker + source.replaceAll(errorClass, (...match) => callOfMaker(match.at(-1)))
}

function callOfMaker({ name, shapeId, fault, members }: Record<string, string>): string {
  const names = [...(members ?? '').matchAll(/this\.(\w+)/g)].map(([, member]) => `, "${member}"`)
  return `export const ${name} = /* @__PURE__ */ errorOf(${shapeId}, "${name}", ${fault}${names.join('')});`
}
