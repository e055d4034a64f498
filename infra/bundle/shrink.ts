import { minify } from 'vite'

/**
 * Wraps a bundled CommonJS script as a function of `module` and minifies it with Oxc, whose names and
 * expressions come out 4 % shorter than esbuild's. The result is to be stored as Latin-1: what that cannot
 * hold is escaped.
 */
export async function shrink(code: string): Promise<string> {
  // As the value of an assignment, the function is not dropped as an expression without effect.
  const wrapped = `value=(function(module){${code}})`
  const options = { module: false, compress: { target: 'es2024' }, mangle: true } as const
  const { code: smaller, errors } = await minify('function.js', wrapped, options)
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'))
  return smaller.replace(/^value=(.*?);?\s*$/s, '($1)').replace(/[^\0-\xff]/g, escaped)
}

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
