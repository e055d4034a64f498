import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { build, type Metafile } from 'esbuild'
import { cacheName } from './cacheName.ts'
import { makeCodeCaches } from './codeCache.ts'
import { common, functionOptions, root } from './esbuildOptions.ts'
import { codeFile } from './script.ts'

export interface BuildRequest {
  /** Folder that receives one folder per function; those are replaced whole. */
  readonly outDir: string
  /** Functions to build; by default every file of `sourceDir`. */
  readonly names?: readonly string[]
  /** Folder of the entry points, `functions/` by default. */
  readonly sourceDir?: string
  /** `false` leaves the code caches out: quicker, for what only looks at the code. */
  readonly codeCache?: boolean
}

export interface BuiltFunction {
  readonly name: string
  /** Folder to deploy as it is; the handler is `index.handler`. */
  readonly dir: string
  /** Minified code in bytes, loader included, code cache not. */
  readonly bytes: number
  /**
   * Fingerprint of the code and of the names of its caches. V8 never writes the same cache twice, so a
   * fingerprint of the folder would deploy every function each time.
   */
  readonly hash: string
}

/**
 * Bundles Lambda functions, each to a folder that stands alone.
 * @throws when a function does not compile or would import something that is not in its bundle
 */
export async function buildFunctions(request: BuildRequest): Promise<BuiltFunction[]> {
  const outDir = resolve(request.outDir)
  const sourceDir = resolve(request.sourceDir ?? join(root, 'functions'))
  const names = request.names ?? (await functionNames(sourceDir))
  const dirs = names.map((name) => join(outDir, name))
  await Promise.all(dirs.map((dir) => rm(dir, { recursive: true, force: true })))
  const { metafile } = await build({
    ...functionOptions,
    outdir: outDir,
    entryPoints: names.map((name) => ({
      in: join(sourceDir, `${name}.ts`),
      out: `${name}/${basename(codeFile, '.js')}`,
    })),
  })
  refuseImports(metafile)
  const loader = await bundleLoader()
  await Promise.all(dirs.map((dir) => writeLoader(dir, loader)))
  const cached = request.codeCache !== false
  if (cached) await makeCodeCaches(dirs)
  return Promise.all(names.map((name) => describe(name, join(outDir, name), cached)))
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
  return outputFiles[0]?.text ?? ''
}

async function writeLoader(dir: string, loader: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, 'index.mjs'), loader)
}

async function describe(name: string, dir: string, cached: boolean): Promise<BuiltFunction> {
  const files = await Promise.all(['index.mjs', codeFile].map((file) => readFile(join(dir, file))))
  const hash = createHash('sha256')
  for (const file of files) hash.update(file)
  const caches = cached ? (await readdir(dir)).filter((file) => file.endsWith('.cache')).sort() : []
  hash.update(caches.join())
  return { name, dir, bytes: files.reduce((sum, { length }) => sum + length, 0), hash: hash.digest('hex') }
}

if (import.meta.main) {
  const [outDir = join(root, '.build/functions'), ...names] = process.argv.slice(2)
  const built = await buildFunctions({ outDir, ...(names.length > 0 && { names }) })
  for (const { name, bytes } of built) console.log(`${String(bytes).padStart(8)}  ${name}`)
  console.log(`${built.length} functions in ${outDir}, code cache ${cacheName()}`)
}
