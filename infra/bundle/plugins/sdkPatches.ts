import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'esbuild'

const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url))

interface Patch {
  readonly why: string
  /** Occurs once in the file. */
  readonly from: string
  readonly to: string
}

/** File of the SDK → what falls away in it; by this, what it alone needs falls away too. */
const patches: Readonly<Record<string, Patch>> = {
  '@smithy/core/dist-es/submodules/client/smithy-client/command.js': {
    why: 'No operation that a function calls has an event stream; to find out takes the interpreter of schemas.',
    from: 'Boolean(NormalizedSchema.of(input$).getEventStreamMember() || NormalizedSchema.of(output$).getEventStreamMember())',
    to: 'false',
  },
  '@smithy/core/dist-es/submodules/endpoints/index.js': {
    why: 'A call that only makes a function, and nobody uses that: our `endpointMiddleware.ts` asks otherwise.',
    from: '= bindGetEndpointFromInstructions(',
    to: '= /* @__PURE__ */ bindGetEndpointFromInstructions(',
  },
  '@aws-sdk/core/dist-es/submodules/client/util-endpoints/aws.js': {
    why: 'Clients whose endpoints follow from rules say the same themselves; the list of partitions hangs on it.',
    from: 'customEndpointFunctions.aws = awsEndpointFunctions;',
    to: '',
  },
}

/** Cuts expressions out of files of the SDK that are too much ours to replace whole. */
export function sdkPatches(): Plugin {
  return {
    name: 'sdk-patches',
    setup(build) {
      build.onStart(async () => ({ errors: (await Promise.all(Object.keys(patches).map(misfits))).flat() }))
      build.onLoad({ filter: /node_modules[\\/]@(aws-sdk|smithy)[\\/].*\.js$/ }, async ({ path }) => {
        const file = path.slice(modules.length + 1).replaceAll('\\', '/')
        const patch = patches[file]
        return patch && { contents: (await sourceOf(file)).replace(patch.from, () => patch.to) }
      })
    },
  }
}

const sourceOf = (file: string): Promise<string> => readFile(`${modules}/${file}`, 'utf8')

/** A new SDK may read otherwise; then nothing would be cut, and nobody would notice. */
async function misfits(file: string): Promise<{ text: string }[]> {
  const source = await sourceOf(file).catch(() => '')
  return source.split(patches[file]?.from ?? '').length === 2
    ? []
    : [{ text: `${file} reads otherwise now: update infra/bundle/plugins/sdkPatches.ts` }]
}
