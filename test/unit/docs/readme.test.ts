import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const readme = read('README.md')
const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found]) => String(found))

const [, map = ''] = /## The map\n([\s\S]*?)\n## /.exec(readme) ?? []
const mapped = matches(map, /`((?:\.?\w+\/)[\w./-]*)`/g)

describe('the map of the README', () => {
  test('leads to places that exist', () => {
    expect(mapped.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  test('has every folder at the top and every part of shared', () => {
    const folders = (path: string) =>
      readdirSync(join(root, path), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
        .map(({ name }) => join(path, name, '/'))
    const ignored = read('.gitignore').split('\n')
    const wanted = [...folders(''), ...folders('shared')].filter(
      (folder) => folder !== 'shared/' && !ignored.includes(folder),
    )
    expect(wanted.length).toBeGreaterThan(10)
    expect(wanted.filter((folder) => !mapped.includes(folder))).toEqual([])
  })
})

const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path)),
]

describe.each(pages)('%s', (page) => {
  const text = read(page)

  test('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = [...matches(text, /npm run ([\w:]+)/g), ...matches(text, /\bnpm (start|test)\b/g)]
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
  })

  test('names only files that exist', () => {
    const places = '(?:shared|functions|infra|local|test|docs)'
    const named = matches(text, new RegExp(`\`(${places}/[\\w./-]+\\.(?:ts|mjs|md|json))\``, 'g'))
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  test('links only to pages and headings that exist', () => {
    const links = matches(text, /\]\((?!https?:)([^)\s]+)\)/g)
    const slug = (heading: string) =>
      heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replace(/\s/g, '-')
    const broken = links.filter((link) => {
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : join(dirname(page), path)
      if (!existsSync(join(root, target))) return true
      if (anchor === undefined) return false
      return !matches(read(target), /^#+ (.+)$/gm)
        .map(slug)
        .includes(anchor)
    })
    expect(broken).toEqual([])
  })
})
