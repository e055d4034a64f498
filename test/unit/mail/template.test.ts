import { describe, expect, expectTypeOf, it } from 'vitest'
import { compileMessage } from '../../../shared/mail/compileMessages.ts'
import { fill, lineText, type Template } from '../../../shared/mail/template.ts'

type Two = { a: string; b: string }

const filled = (text: string, values: Record<string, string | number>) =>
  fill(compileMessage(text, 'en'), values, 'en')

const tasks = '{count, plural, one {# task of {who}} other {# tasks of {who}}}'

describe('Template', () => {
  it('takes a text with every argument in any order, and no other', () => {
    expectTypeOf<'{b} and {a}'>().toExtend<Template<Two>>()
    expectTypeOf<'{a} only'>().not.toExtend<Template<Two>>()
    expectTypeOf<'{A} and {b}'>().not.toExtend<Template<Two>>()
    expectTypeOf<'neither'>().not.toExtend<Template<{ a: string }>>()
  })

  it('wants a plural of a number', () => {
    expectTypeOf<'{n, plural, other {#}} of {a}'>().toExtend<Template<{ a: string; n: number }>>()
    expectTypeOf<'{n} of {a}'>().not.toExtend<Template<{ a: string; n: number }>>()
  })
})

describe('fill', () => {
  it('sets values apart from our words', () => {
    expect(filled('Hello {name}, {name}!', { name: 'Ana' })).toEqual([
      'Hello ',
      { value: 'Ana' },
      ', ',
      { value: 'Ana' },
      '!',
    ])
  })

  it('does not look for arguments within values', () => {
    const hostile = '{b}{count, plural, other {x}}#$&'
    expect(lineText(filled('{a}{b}', { a: hostile, b: '{a}' }))).toBe(`${hostile}{a}`)
  })

  it('takes the plural form of the number, and its digits as the language groups them', () => {
    expect(filled(tasks, { count: 1, who: '#' })).toEqual(['1', ' task of ', { value: '#' }])
    expect(lineText(filled(tasks, { count: 1200, who: 'Ben' }))).toBe('1,200 tasks of Ben')
  })

  it('knows all six forms of Arabic', () => {
    const forms = ['zero', 'one', 'two', 'few', 'many', 'other']
    const text = `{count, plural, ${forms.map((form) => `${form} {${form}}`).join(' ')}}`
    const counts = [0, 1, 2, 3, 11, 100]
    const message = compileMessage(text, 'ar')
    expect(counts.map((count) => lineText(fill(message, { count }, 'ar')))).toEqual(forms)
  })

  it('refuses an argument without a value', () => {
    expect(() => filled('Hello {nam}', { name: 'Ana' })).toThrow(new RangeError('No value for {nam}'))
  })
})

describe('compileMessage', () => {
  it.each([
    '{count, plural, other {#}}',
    '{count, plural, one {#} many {#} other {#}}',
    '{count, plural, =0 {none} one {#} other {#}}',
    '{count, plural, offset:1 one {#} other {#}}',
    '{count, selectordinal, one {#st} other {#th}}',
    '{kind, select, a {A} other {B}}',
    '{count, number}',
    '{at, date, long}',
  ])('refuses %j', (text) => {
    expect(() => compileMessage(text, 'en')).toThrow(RangeError)
  })

  it.each(['{', '{name', '{count, plural, one {#}}', '{}'])('refuses the malformed %j', (text) => {
    expect(() => compileMessage(text, 'en')).toThrow()
  })

  it('lets nothing into JSON that does not come out again', () => {
    const message = compileMessage(`<b>{a}</b> ${tasks}`, 'en')
    expect(JSON.parse(JSON.stringify(message))).toEqual(message)
  })
})
