import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'esbuild'

const replacement = fileURLToPath(new URL('replacements/jsonProtocol.ts', import.meta.url))
const attributeCodec = fileURLToPath(new URL('replacements/attributeCodec.ts', import.meta.url))
const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url))

/**
 * Clients that speak plain AWS JSON, and where they choose so. SQS does, too, but in a dialect with the errors of its
 * older protocol; it keeps the original.
 */
const configurations = ['client-dynamodb', 'client-cognito-identity-provider'].map(
  (client) => `@aws-sdk/${client}/dist-es/runtimeConfig.shared.js`,
)

/** Gives the clients of DynamoDB and Cognito a protocol of two kilobytes: `replacements/jsonProtocol.ts` says why it may. */
export function jsonProtocol(): Plugin {
  return {
    name: 'json-protocol',
    setup(build) {
      build.onStart(async () => ({ errors: (await Promise.all(configurations.map(misfits))).flat() }))
      const chosenIn = (importer: string) =>
        configurations.some((file) => importer.replaceAll('\\', '/').endsWith(`/${file}`))
      const instead = (filter: RegExp, path: string) =>
        build.onResolve({ filter }, ({ importer }) =>
          chosenIn(importer) ? { path, sideEffects: false } : undefined,
        )
      instead(/^@aws-sdk\/core\/protocols$/, replacement)
      instead(/^@aws-sdk\/dynamodb-codec$/, attributeCodec)
    },
  }
}

/** A new SDK may choose another protocol; then the replacement would speak the wrong one. */
async function misfits(file: string): Promise<{ text: string }[]> {
  const source = await readFile(`${modules}/${file}`, 'utf8').catch(() => '')
  const expected = /^import \{ AwsJson1_[01]Protocol \} from "@aws-sdk\/core\/protocols";$/m
  return expected.test(source) && !source.includes('awsQueryCompatible')
    ? []
    : [{ text: `${file} has another protocol than AWS JSON: see infra/bundle/plugins/jsonProtocol.ts` }]
}
