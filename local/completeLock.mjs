// Completes package-lock.json with optional packages for other platforms that the registry at hand did not resolve,
// so that lock and manifests agree and `npm ci` runs everywhere. Run it after changing a dependency:
//   npm run lock
import { readFileSync, writeFileSync } from 'node:fs'

const file = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(file, 'utf8'))
const platform = /(android|darwin|linux|win32|freebsd|openharmony)-([a-z0-9]+)(?:-(\w+))?$/
const libcs = { musl: ['musl'], gnu: ['glibc'] }

const isLocked = (path, name) =>
  [`${path}/node_modules/${name}`, `node_modules/${name}`].some((place) => place in lock.packages)

const entryOf = (name, version, parent) => {
  const [, os, cpu, rest = ''] = platform.exec(name) ?? []
  if (os === undefined) throw new Error(`${name} is missing from the lock and is no platform's package`)
  const libc = os === 'linux' ? libcs[rest] : undefined
  return {
    version,
    cpu: [cpu],
    ...(parent.dev && { dev: true }),
    optional: true,
    os: [os],
    ...(libc && { libc }),
  }
}

const added = []
for (const [path, parent] of Object.entries({ ...lock.packages })) {
  if (path === '') continue
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    if (isLocked(path, name)) continue
    lock.packages[`node_modules/${name}`] = entryOf(name, version, parent)
    added.push(name)
  }
}
const { '': root, ...others } = lock.packages
const sorted = Object.entries(others).sort(([a], [b]) => a.localeCompare(b, 'en'))
lock.packages = { '': root, ...Object.fromEntries(sorted) }
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.info(added.length === 0 ? 'The lock is complete.' : `Added ${added.length}: ${added.join(', ')}`)
