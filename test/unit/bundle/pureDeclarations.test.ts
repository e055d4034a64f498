import { transform } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { markCalls } from '../../../infra/bundle/plugins/pureDeclarations.ts'

const shaken = async (code: string) =>
  (await transform(markCalls(code), { treeShaking: true, format: 'esm' })).code.replaceAll(
    /\/\* @__PURE__ \*\/ /g,
    '',
  )

describe('marking calls as pure', () => {
  it('lets an unused declaration fall away, chained and nested calls included', async () => {
    const code = `const title = z.string().check(z.regex(new RegExp('a(b)')), z.meta({ examples: [make('(')] }))
      const body = z.object({ title })
      export const kept = 1`
    expect(await shaken(code)).not.toMatch(/string|object|RegExp/)
    expect((await transform(code, { treeShaking: true, format: 'esm' })).code).toContain('string')
  })

  it('keeps what is exported as it was', async () => {
    const code = `export const kept = z.string().check(z.regex(/f\\(x\\)/), text("g(y)"))`
    expect(await shaken(code)).toBe((await transform(code, { treeShaking: true, format: 'esm' })).code)
  })

  it('leaves calls inside functions alone: they run when somebody calls', () => {
    const code = `export const now = () => Date.now()\nexport function later() { return now() }`
    expect(markCalls(code)).toBe(code)
  })
})
