import { describe, expect, expectTypeOf, it } from 'vitest'
import { fill, lineText, type Template } from '../../../shared/mail/template.ts'

describe('Template', () => {
  it('takes a text with every placeholder in any order, and no other', () => {
    expectTypeOf<'{b} and {a}'>().toExtend<Template<'a' | 'b'>>()
    expectTypeOf<'{a} only'>().not.toExtend<Template<'a' | 'b'>>()
    expectTypeOf<'{A} and {b}'>().not.toExtend<Template<'a' | 'b'>>()
    expectTypeOf<'neither'>().not.toExtend<Template<'a'>>()
  })
})

describe('fill', () => {
  it('sets values apart from our words', () => {
    expect(fill('Hello {name}, {name}!', { name: 'Ana' })).toEqual([
      'Hello ',
      { value: 'Ana' },
      ', ',
      { value: 'Ana' },
      '!',
    ])
  })

  it('does not look for placeholders within values', () => {
    expect(lineText(fill('{a}{b}', { a: '{b}', b: '{a}$&' }))).toBe('{b}{a}$&')
  })

  it('refuses a placeholder without a value', () => {
    expect(() => fill('Hello {nam}', { name: 'Ana' })).toThrow(new RangeError('No value for {nam}'))
  })
})
