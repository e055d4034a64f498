import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildFunctions } from '../../../infra/bundle/build.ts'
import type { BuiltFunction } from '../../../infra/bundle/bundleFolder.ts'
import { createDryRun } from '../../../infra/bundle/dry/dryRun.ts'
import { common } from '../../../infra/bundle/esbuildOptions.ts'
import { languages } from '../../../shared/api/languages.ts'
import { openApi } from '../../../shared/api/openapi.ts'
import { routes } from '../../../shared/api/routes.ts'
import { renderMail } from '../../../shared/mail/render.ts'
import { aRecipient, settings, several } from '../../unit/mail/notices.ts'
import { startRecorder } from './recorder.ts'
import { runBundle } from './runBundle.ts'

const sourceDir = join(import.meta.dirname, 'functions')
const lambda = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' }
/** Words that only the parts have which no bundle should contain. */
const unwanted = [
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  '169.254.169.254',
  'credential_process',
  'sso_session',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AssumeRoleWithWebIdentity',
  ':event-type',
  'build:types:downlevel',
  'PartitionResult',
  'implicitGlobalRegion',
  'JsonCodec2',
]

/** Says aws-jwt-verify of something that is no token. */
const refused = { refused: expect.stringContaining('JWT') }

let outDir: string
let built: BuiltFunction[]
const dirOf = (name: string) => join(outDir, name)
beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'bundle-'))
  built = await buildFunctions({ outDir, sourceDir })
})
afterAll(() => rm(outDir, { recursive: true }))

describe('the build', () => {
  it('leaves out what no Lambda needs and a plain bundle has', async () => {
    const plain = await build({
      ...common,
      entryPoints: [join(sourceDir, 'readThing.ts')],
      format: 'esm',
      write: false,
    })
    const code = await readFile(join(dirOf('readThing'), 'function.js'), 'utf8')
    const found = (text: string) => unwanted.filter((word) => text.includes(word))
    expect(found(plain.outputFiles[0]?.text ?? '')).toEqual(unwanted)
    expect(found(code)).toEqual([])
  })

  it('reports the bytes of what Lambda loads as code', async () => {
    const files = ['index.mjs', 'function.js'].map((file) => readFile(join(dirOf('signUp'), file)))
    const bytes = (await Promise.all(files)).reduce((sum, { length }) => sum + length, 0)
    expect(built.find(({ name }) => name === 'signUp')?.bytes).toBe(bytes)
  })

  it('makes the same code and fingerprint of the same source anywhere', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'bundle-elsewhere-'))
    const again = await buildFunctions({ outDir: elsewhere, sourceDir, names: ['readThing'] })
    expect(again[0]?.hash).toBe(built.find(({ name }) => name === 'readThing')?.hash)
    const code = (dir: string) => readFile(join(dir, 'readThing', 'function.js'), 'utf8')
    expect(await code(elsewhere)).toBe(await code(outDir))
    await rm(elsewhere, { recursive: true })
  })

  it('refuses a function that would import something at run time', async () => {
    const sources = await mkdtemp(join(tmpdir(), 'bundle-source-'))
    await writeFile(join(sources, 'stray.ts'), `export { handler } from 'https://code.example/handler.js'`)
    const request = { outDir: join(sources, 'out'), sourceDir: sources, codeCache: false }
    await expect(buildFunctions(request)).rejects.toThrow('https://code.example/handler.js')
    await rm(sources, { recursive: true })
  })
})

describe('a bundle', () => {
  it('stands alone and loads nothing that it does not use', async () => {
    const moved = await mkdtemp(join(tmpdir(), 'bundle-moved-'))
    await cp(dirOf('readThing'), moved, { recursive: true })
    const outcome = await runBundle({ dir: moved, event: { operation: 'refuse' }, environment: lambda })
    expect(outcome.result).toMatchObject(refused)
    const loaded = outcome.loaded.join('\n')
    for (const module of ['undici', 'child_process', 'http2', 'zlib', 'fs/promises']) {
      expect(loaded).not.toMatch(new RegExp(`NativeModule (internal/deps/)?${module}`))
    }
    await rm(moved, { recursive: true })
  })

  it('turns error replies into the classes of the SDK', async () => {
    await using server = await startRecorder((response) =>
      response.writeHead(400).end('{"__type":"NotAuthorizedException","message":"no"}'),
    )
    const environment = { ...lambda, AWS_ENDPOINT_URL: server.url }
    const { result } = await runBundle({ dir: dirOf('signUp'), event: { password: 'x' }, environment })
    expect(result).toEqual({ name: 'NotAuthorizedException', fault: 'client', message: 'no' })
  })
})

describe('the code cache', () => {
  const call = (dir: string, flags?: readonly string[]) =>
    runBundle({ dir, event: { operation: 'refuse' }, environment: lambda, ...(flags && { flags }) })

  it('is accepted by Node as Lambda starts it', async () => {
    const outcome = await call(dirOf('readThing'))
    expect(outcome.log).toEqual([])
  })

  it('of another function is refused with one line in the log, and the function still works', async () => {
    const mixed = await mkdtemp(join(tmpdir(), 'bundle-mixed-'))
    await cp(dirOf('readThing'), mixed, { recursive: true })
    const name = `${process.version}-${process.arch}-gc.cache`
    await cp(join(dirOf('signUp'), name), join(mixed, name))
    const outcome = await call(mixed)
    expect(outcome.log.map((line) => JSON.parse(line))).toEqual([
      { level: 'warn', message: 'Code cache rejected', cache: name },
    ])
    expect(outcome.result).toMatchObject(refused)
    await rm(mixed, { recursive: true })
  })

  it('is kept while the code stays the same, and made anew when it changes', async () => {
    const again = await mkdtemp(join(tmpdir(), 'bundle-again-'))
    const cache = join(again, 'signUp', `${process.version}-${process.arch}-gc.cache`)
    const foreign = join(again, 'signUp', 'v24.0.0-arm64-gc.cache')
    const request = { outDir: again, sourceDir, names: ['signUp'] }
    await buildFunctions(request)
    const first = await readFile(cache)
    await writeFile(foreign, 'made elsewhere')
    await buildFunctions(request)
    expect(await readFile(cache)).toEqual(first)
    expect(await readFile(foreign, 'utf8')).toBe('made elsewhere')
    await writeFile(join(again, 'signUp', 'function.js'), 'other code')
    await buildFunctions(request)
    await expect(readFile(foreign)).rejects.toThrow('ENOENT')
    expect((await readFile(cache)).length).toBeGreaterThan(10_000)
    await rm(again, { recursive: true })
  })

  it('of other flags is not even opened', async () => {
    const outcome = await call(dirOf('readThing'), [])
    expect(outcome.log.map((line) => JSON.parse(line))).toEqual([
      {
        level: 'warn',
        message: 'No code cache for this runtime',
        cache: `${process.version}-${process.arch}.cache`,
      },
    ])
    expect(outcome.result).toMatchObject(refused)
  })
})

describe('the bundle of the documentation’s files', () => {
  it('has them beside it and serves them from the folder that Lambda names', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bundle-docs-'))
    const [built] = await buildFunctions({ outDir: folder, names: ['getDocsAsset'], codeCache: false })
    const dir = built?.dir ?? ''
    await using dryRun = await createDryRun()
    const environment = { ...dryRun.environment, LAMBDA_TASK_ROOT: dir }
    const event = { ...dryRun.eventOf('getDocsAsset'), pathParameters: { asset: 'swagger-ui.css' } }
    const { result } = await runBundle({ dir, event, environment })
    expect(result).toMatchObject({ statusCode: 200, body: expect.stringMatching(/^.{1000}/s) })
    await rm(folder, { recursive: true })
  })
})

describe('the bundle of the OpenAPI document', () => {
  it('answers from the file beside it what the declarations say, for the deployment it is in', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bundle-openapi-'))
    const [built] = await buildFunctions({ outDir: folder, names: ['getOpenApi'], codeCache: false })
    const dir = built?.dir ?? ''
    await using dryRun = await createDryRun()
    const publicUrl = 'https://duely.example'
    const environment = { ...dryRun.environment, PUBLIC_URL: publicUrl, LAMBDA_TASK_ROOT: dir }
    const { result } = await runBundle({ dir, event: dryRun.eventOf('getOpenApi'), environment })
    const { statusCode, body } = result as { statusCode: number; body: string }
    expect(statusCode).toBe(200)
    expect(JSON.parse(body)).toEqual(JSON.parse(JSON.stringify(openApi(routes, publicUrl))))
    expect(await readFile(join(dir, 'function.js'), 'utf8')).not.toContain('listSharedTasks')
    await rm(folder, { recursive: true })
  })
})

describe('the bundle of a function that writes mails', () => {
  it('has what they say beside it, compiled, and carries no parser of it', async () => {
    const dir = dirOf('renderMail')
    expect(await readFile(join(dir, 'function.js'), 'utf8')).not.toMatch(/selectordinal|Ben hat|eine Aufgabe/)
    for (const language of languages) {
      const mail = { notice: several(), recipient: aRecipient({ language }), settings }
      const environment = { LAMBDA_TASK_ROOT: dir }
      const { result } = await runBundle({ dir, event: mail, environment })
      expect(result).toEqual(renderMail(mail.notice, mail.recipient, mail.settings))
    }
  })
})

describe('the bundle of a function behind the API', () => {
  it('has titles of problems beside it and reads them when an answer is not English', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bundle-titles-'))
    const [built] = await buildFunctions({ outDir: folder, names: ['notFound'], codeCache: false })
    const dir = built?.dir ?? ''
    const titles = join(dir, 'shared/i18n/problemTitles.json')
    expect(JSON.parse(await readFile(titles, 'utf8'))).toHaveProperty('de.not-found')
    expect(await readFile(join(dir, 'function.js'), 'utf8')).not.toContain('Hier ist nichts')
    await writeFile(titles, '{"de": {"not-found": "Von daneben"}}')
    await using dryRun = await createDryRun()
    const answerIn = async (language: string) => {
      const headers = { 'accept-language': language }
      const event = { ...dryRun.eventOf('notFound'), path: '/v1/nothing', headers }
      const environment = { ...dryRun.environment, LAMBDA_TASK_ROOT: dir }
      const { result } = await runBundle({ dir, event, environment })
      return JSON.parse((result as { body: string }).body).title
    }
    expect(await answerIn('de')).toBe('Von daneben')
    expect(await answerIn('en')).toBe('There is nothing here')
    await rm(folder, { recursive: true })
  })
})
