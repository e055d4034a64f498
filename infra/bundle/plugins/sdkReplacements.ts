import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'esbuild'

const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url))
const replacements = fileURLToPath(new URL('replacements', import.meta.url))
const smithy = '@smithy/core/dist-es/submodules'
const client = '@aws-sdk/core/dist-es/submodules/client'

/** File of a package → file in `replacements/` that says why it may stand in. */
const replaced: Readonly<Record<string, string>> = {
  '@aws-sdk/credential-provider-node/dist-es/index.js': 'credentialProviderNode.ts',
  '@aws-sdk/middleware-endpoint-discovery/dist-es/resolveEndpointDiscoveryConfig.js': 'endpointDiscovery.ts',
  [`${smithy}/config/node-config-provider/configLoader.js`]: 'configLoader.ts',
  [`${smithy}/checksum/sha256/Sha256Js.js`]: 'sha256Js.ts',
  [`${smithy}/config/config-resolver/regionConfig/getInstanceMetadataRegion.js`]: 'instanceMetadataRegion.ts',
  [`${smithy}/event-streams/index.js`]: 'eventStreams.ts',
  [`${smithy}/endpoints/middleware-endpoint/service-customizations/index.js`]: 's3Customizations.ts',
  [`${smithy}/retry/util-retry/AdaptiveRetryStrategy.js`]: 'adaptiveRetry.ts',
  [`${smithy}/serde/date-utils.js`]: 'dateUtils.ts',
  [`${client}/emitWarningIfUnsupportedVersion.js`]: 'versionWarning.ts',
  [`${client}/middleware-logger/loggerMiddleware.js`]: 'logger.ts',
  [`${client}/middleware-recursion-detection/recursionDetectionMiddleware.js`]: 'recursionDetection.ts',
  [`${client}/middleware-user-agent/configurations.js`]: 'userAgentConfig.ts',
  [`${client}/middleware-user-agent/user-agent-middleware.js`]: 'userAgent.ts',
  [`${client}/util-user-agent-node/defaultUserAgent.js`]: 'defaultUserAgent.ts',
  '@smithy/signature-v4/dist-es/HeaderFormatter.js': 'headerFormatter.ts',
  [`${smithy}/client/smithy-client/schemaLogFilter.js`]: 'logFilter.ts',
  [`${smithy}/endpoints/middleware-endpoint/endpointMiddleware.js`]: 'endpointMiddleware.ts',
  '@aws-sdk/client-dynamodb/dist-es/endpoint/endpointResolver.js': 'dynamodbEndpoint.ts',
  '@aws-sdk/client-cognito-identity-provider/dist-es/endpoint/endpointResolver.js': 'cognitoEndpoint.ts',
  'chrono-node/dist/esm/timezone.js': 'chronoZones.ts',
}

/** Puts our short versions in place of the parts of the AWS SDK, and of chrono, that no Lambda needs. */
export function sdkReplacements(): Plugin {
  return {
    name: 'sdk-replacements',
    setup(build) {
      build.onStart(async () => ({ errors: await missingFiles() }))
      build.onLoad(
        { filter: /node_modules[\\/](@aws-sdk|@smithy|chrono-node)[\\/].*\.js$/ },
        async ({ path }) => {
          const replacement = replaced[path.slice(modules.length + 1).replaceAll('\\', '/')]
          if (!replacement) return undefined
          const contents = await readFile(join(replacements, replacement), 'utf8')
          return { contents, loader: 'ts', resolveDir: replacements }
        },
      )
    },
  }
}

/** A new version may move its files; then nothing would be replaced, and nobody would notice. */
async function missingFiles(): Promise<{ text: string }[]> {
  const checks = Object.keys(replaced).map(async (file) => {
    const found = await access(join(modules, file)).then(
      () => true,
      () => false,
    )
    return found
      ? []
      : [{ text: `There is no ${file} any more: update infra/bundle/plugins/sdkReplacements.ts` }]
  })
  return (await Promise.all(checks)).flat()
}
