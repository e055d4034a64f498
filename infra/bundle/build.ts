import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { build, type Metafile, type OutputFile } from 'esbuild'
import { type BuiltFunction, describeFolder, writeFolder } from './bundleFolder.ts'
import { makeCodeCaches } from './codeCache.ts'
import { common, functionOptions, root } from './esbuildOptions.ts'
import { filesMadeFor, filesReadBy } from './filesBeside.ts'
import { writeHashes } from './hashes.ts'
import { codeFile } from './script.ts'
import { shrink } from './shrink.ts'

export interface BuildRequest {
  /** Folder that receives one folder per function. */
  readonly outDir: string
  /** Functions to build; by default every file of `sourceDir`. */
  readonly names?: readonly string[]
  /** Folder of the entry points, `functions/` by default. */
  readonly sourceDir?: string
  /** `false` makes no code caches: quicker, for what only looks at the code. */
  readonly codeCache?: boolean
}

/**
 * Bundles Lambda functions, each to a folder that stands alone. A folder whose code has not changed keeps its
 * code caches, those of other runtimes included.
 * @throws when a function does not compile or would import something that is not in its bundle
 */
export async function buildFunctions(request: BuildRequest): Promise<BuiltFunction[]> {
  const outDir = resolve(request.outDir)
  const sourceDir = resolve(request.sourceDir ?? join(root, 'functions'))
  const names = request.names ?? (await functionNames(sourceDir))
  const dirs = names.map((name) => join(outDir, name))
  const { metafile, outputFiles } = await build({
    ...functionOptions,
    outdir: outDir,
    write: false,
    entryPoints: names.map((name) => ({
      in: join(sourceDir, `${name}.ts`),
      out: `${name}/${basename(codeFile, '.js')}`,
    })),
  })
  refuseImports(metafile)
  const loader = await bundleLoader()
  const write = async (dir: string) => {
    const files = [...(await codeOf(dir, outputFiles)), ...(await besideOf(dir, metafile))]
    await writeFolder(dir, loader, new Map(files))
  }
  await Promise.all(dirs.map(write))
  if (request.codeCache !== false) await makeCodeCaches(dirs)
  const built = await Promise.all(dirs.map(describeFolder))
  writeHashes(outDir, built)
  return built
}

async function functionNames(sourceDir: string): Promise<string[]> {
  const files = await readdir(sourceDir)
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'))
    .sort()
}

function refuseImports({ outputs }: Metafile): void {
  const left = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path))
  if (left.length > 0) throw new Error(`Not bundled, and a function could not load it: ${left.join(', ')}`)
}

async function bundleLoader(): Promise<string> {
  const entryPoints = [join(import.meta.dirname, 'loader.ts')]
  const { outputFiles } = await build({ ...common, entryPoints, format: 'esm', write: false })
  return outputFiles.map(({ text }) => text).join('')
}

type Files = ReadonlyMap<string, Uint8Array>

/** What esbuild made for `dir`, the code shrunk; path to content. */
async function codeOf(dir: string, all: readonly OutputFile[]): Promise<Files> {
  const own = all.filter(({ path }) => dirname(path) === dir)
  const files = own.map(async ({ path, text, contents }) => {
    const name = basename(path)
    return [name, name === codeFile ? Buffer.from(await shrink(text), 'latin1') : contents] as const
  })
  return new Map(await Promise.all(files))
}

/** What the function reads at run time; path to content. */
async function besideOf(dir: string, { outputs }: Metafile): Promise<Files> {
  const own = Object.entries(outputs).find(([path]) => path.endsWith(`${basename(dir)}/${codeFile}`))
  const modules = Object.entries(own?.[1].inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  const names = modules.map(([module]) => module)
  const files = filesReadBy(names)
  const contents = files.map(async (path) => [path, await readFile(join(root, path))] as const)
  return new Map([...(await Promise.all(contents)), ...filesMadeFor(names)])
}

if (import.meta.main) {
  const [outDir = join(root, '.build/functions'), ...names] = process.argv.slice(2)
  const built = await buildFunctions({ outDir, ...(names.length > 0 && { names }) })
  for (const { name, bytes } of built) console.log(`${String(bytes).padStart(8)}  ${name}`)
  console.log(`${built.length} functions in ${outDir}`)
}
