import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { expect, it } from 'vitest'
import { root } from '../../../infra/bundle/esbuildOptions.ts'
import { joinCases } from '../../../infra/bundle/plugins/compactAuthSchemes.ts'

type Provider = (parameters: { operation: string; region: string }) => { schemeId: string }[]

/** The function of the file that chooses how an operation is signed. */
async function providerIn(source: string): Promise<Provider> {
  const [, body] = source.split('export const defaultCognitoIdentityProviderHttpAuthSchemeParametersProvider')
  const own = `const provider${body}`.replace(/^export /gm, '').replace(/export const resolve[\s\S]*$/, '')
  const { code } = await transform(own.replace(/const resolveHttpAuthSchemeConfig[\s\S]*$/, ''), {
    loader: 'js',
  })
  return new Function(`${code}; return defaultCognitoIdentityProviderHttpAuthSchemeProvider`)()
}

it('joined cases sign every operation of Cognito as before', async () => {
  const client =
    'node_modules/@aws-sdk/client-cognito-identity-provider/dist-es/auth/httpAuthSchemeProvider.js'
  const source = await readFile(join(root, client), 'utf8')
  const joined = joinCases(source)
  expect(joined.length).toBeLessThan(source.length * 0.8)
  const [before, after] = [await providerIn(source), await providerIn(joined)]
  const operations = [...source.matchAll(/case "(\w+)"/g)].map(([, operation]) => operation as string)
  expect(operations).toContain('SignUp')
  for (const operation of [...operations, 'AdminGetUser']) {
    const schemes = (provider: Provider) =>
      provider({ operation, region: 'eu-west-1' }).map(({ schemeId }) => schemeId)
    expect(schemes(after)).toEqual(schemes(before))
  }
  expect(after({ operation: 'SignUp', region: 'x' })[0]?.schemeId).toBe('smithy.api#noAuth')
  expect(after({ operation: 'AdminGetUser', region: 'x' })[0]?.schemeId).toBe('aws.auth#sigv4')
})
