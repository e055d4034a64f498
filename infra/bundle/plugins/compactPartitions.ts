import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

interface Partition {
  readonly regionRegex: string
  readonly regions: Readonly<Record<string, object>>
}

/**
 * Takes out of the SDK's list of AWS regions those that the pattern of their partition recognises, which are
 * all but the pseudo regions (`aws-cn-global`): the description, all that is lost, is used nowhere.
 */
export function compactPartitions(): Plugin {
  return {
    name: 'compact-partitions',
    setup(build) {
      const filter =
        /node_modules[\\/]@aws-sdk[\\/]core[\\/]dist-es[\\/].*[\\/]lib[\\/]aws[\\/]partitions\.js$/
      build.onLoad({ filter }, async ({ path }) => ({ contents: compact(await readFile(path, 'utf8')) }))
    },
  }
}

/** The file is one constant that is written as JSON. */
function compact(source: string): string {
  const info = JSON.parse(source.slice(source.indexOf('{'), source.lastIndexOf('}') + 1))
  const partitions = info.partitions.map(withoutRecognised)
  return `export const partitionsInfo = ${JSON.stringify({ ...info, partitions })}`
}

function withoutRecognised(partition: Partition): Partition {
  const pattern = new RegExp(partition.regionRegex)
  const regions = Object.entries(partition.regions).filter(([name]) => !pattern.test(name))
  return { ...partition, regions: Object.fromEntries(regions) }
}
