import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withoutCode } from '../../../../shared/domain/comments/code.ts'
import { counting, mentionedIn } from '../../../../shared/domain/comments/mentions.ts'
import { plainTextOf } from '../../../../shared/domain/comments/plainText.ts'
import { aGroup, aMember, aTask, idOf, userOf, workspaceId } from '../support/builders.ts'

const [ana, ben, cy] = ['ana', 'ben', 'cy'].map(userOf) as [string, string, string]
const pilots = aGroup().id
const workspaces = {
  member: async (_: string, userId: string) =>
    ({
      [ana]: aMember({ userId: ana }),
      [ben]: aMember({ userId: ben, role: 'guest' }),
    })[userId],
  group: async (_: string, id: string) => (id === pilots ? aGroup() : undefined),
}
const task = aTask({ createdBy: ana })

const counted = async (text: string, author = aMember(), about = task) =>
  counting(await mentionedIn(text, workspaceId, workspaces), about, author)
const people = async (text: string) => (await counted(text)).userIds

const at = (id: string, label = 'x') => `@[${label}](${id})`

describe('a text mentions', () => {
  test('people and groups, each once, whatever they are called there', async () => {
    const text = `Hi ${at(ana, 'Ana \\[Ops\\]')}, ${at(ana, '')} and ${at(pilots, 'Pilots 🛩')}!`
    expect(await counted(text)).toEqual({ userIds: [ana], groupIds: [pilots] })
  })

  test('nobody who may not read the task, is no member, or is unknown', async () => {
    expect(await people([ben, cy, userOf('nobody')].map((id) => at(id)).join(' '))).toEqual([])
    const shared = aTask({ createdBy: ana, shares: { [ben]: 'view' } })
    expect((await counted(at(ben), aMember(), shared)).userIds).toEqual([ben])
    expect(await counted(at(idOf('group', 'gone')))).toEqual({ userIds: [], groupIds: [] })
  })

  test('no group where the author is shown none', async () => {
    expect((await counted(at(pilots), aMember({ role: 'guest' }))).groupIds).toEqual([])
  })

  test.each([
    ['in a span of code', `\`${at(ana)}\``],
    ['in a span of two backticks', `\`\`a \` ${at(ana)}\`\``],
    ['in a span over two lines', `\`one\n${at(ana)} two\``],
    ['in a fenced block', `\`\`\`js\n${at(ana)}\n\`\`\``],
    ['in a fenced block that is never closed', `~~~\n${at(ana)}\n\n${at(ana)}`],
    ['in a fenced block that looks closed', `\`\`\`\`\n\`\`\`\n${at(ana)}\n\`\`\`\``],
    ['in a fenced block of a quotation', `> \`\`\`\n> ${at(ana)}\n> \`\`\``],
    ['in an indented block', `text\n\n    ${at(ana)}`],
    ['behind a backslash', `\\${at(ana)}`],
    ['with a line break in the label', `@[a\nb](${ana})`],
    ['with a bracket in the label', `@[a]b](${ana})`],
    ['as a plain link', `[x](${ana})`],
    ['with a path behind the id', `@[x](${ana}/edit)`],
    ['with an id in capitals', at(ana.toUpperCase())],
    ['with a space before the id', `@[x]( ${ana})`],
  ])('nobody %s', async (_where, text) => {
    expect(await people(text)).toEqual([])
  })

  test.each([
    ['behind a span of code', `\`a\` ${at(ana)}`],
    ['behind a backtick that opens nothing', `\` ${at(ana)}`],
    ['between escaped backticks', `\\\`${at(ana)}\\\``],
    ['between backticks of which one is a paragraph away', `\`one\n\n${at(ana)} two\``],
    ['between runs of different lengths', `\`\`${at(ana)}\``],
    ['behind a fenced block', `\`\`\`\ncode\n\`\`\`\n${at(ana)}`],
    ['in a line that begins with a span of code of three', `\`\`\`a\`\`\` ${at(ana)}`],
    ['indented in a paragraph', `text\n    ${at(ana)}`],
    ['indented in a list', `- one\n\n    ${at(ana)}`],
    ['in emphasis', `**${at(ana)}**`],
    ['behind two backslashes', `\\\\ ${at(ana)}`],
  ])('somebody %s', async (_where, text) => {
    expect(await people(text)).toEqual([ana])
  })

  test('nobody by any text without the form of a mention, and takes no longer for any', async () => {
    const part = fc.constantFrom(
      '`',
      '``',
      '```',
      '~~~',
      '\\',
      '@[',
      '](',
      ')',
      '\n',
      '    ',
      '> ',
      'x',
      '- ',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 200 }), async (parts) => {
        const text = parts.join('')
        expect(await people(text)).toEqual([])
        expect(withoutCode(text).length).toBeLessThanOrEqual(text.length + parts.length)
      }),
      { numRuns: 200 },
    )
  })

  const pieces = [
    '`',
    '\\`',
    '`` ',
    '\\',
    '@[',
    '@[a](',
    '*',
    '_a ',
    '*\n',
    '> ',
    ' ',
    '[',
    '](',
    '~~',
    '~~~`',
  ]
  test.each(pieces)(
    'nobody, and soon, where %j comes thousands of times before, and behind, others',
    async (piece) => {
      for (const other of pieces) {
        const evil = `a${piece.repeat(5_000 / piece.length)}x${other.repeat(4_900 / other.length)}z`
        const began = performance.now()
        await people(evil)
        plainTextOf(evil)
        expect(performance.now() - began, other).toBeLessThan(1_000)
      }
    },
  )
})

describe('the text of a comment in a mail', () => {
  test.each([
    [`Hi ${at(ana, 'Ana')}!`, 'Hi @Ana!'],
    ['**bold** and *it* and _this_ and ~~gone~~ and `code`', 'bold and it and this and gone and code'],
    ['[here](https://example.com/a "title") and ![a plan](https://x.test/p.png)', 'here and a plan'],
    ['# Title\n\n> said\n\n- one\n- two\n\n---\n\n1. first', 'Title\n\nsaid\n\n- one\n- two\n\n1. first'],
    ['```js\nlet a\n```', 'let a'],
    ['snake_case_name 2 * 3 * 4', 'snake_case_name 2 * 3 * 4'],
    ['\\*not bold\\*', '*not bold*'],
    ['<https://example.com>', 'https://example.com'],
    ['<b>text</b> & more', '<b>text</b> & more'],
  ])('is %j without its marks', (markdown, text) => {
    expect(plainTextOf(markdown)).toBe(text)
  })

  test('is cut after a thousand characters, and never within one', () => {
    const text = plainTextOf('🙈'.repeat(2_000))
    expect([...text]).toHaveLength(1_000)
    expect(text.endsWith('🙈…')).toBe(true)
    expect(plainTextOf('x'.repeat(1_000))).toBe('x'.repeat(1_000))
  })

  test('takes no longer for brackets that were escaped, of which each might begin a link', () => {
    const evil = ' \\['.repeat(30_000)
    const began = performance.now()
    expect([...plainTextOf(evil)]).toHaveLength(1_000)
    expect(performance.now() - began).toBeLessThan(1_000)
    expect(plainTextOf('\\[not a link](https://a.example)')).toBe('[not a link](https://a.example)')
  })
})
