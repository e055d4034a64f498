import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Failure } from '../../../shared/domain/failure.ts'
import { headerOf, jsonBody, queryOf } from '../../../shared/http/request.ts'
import { anEvent } from './support/kernel.ts'

const limit = 256 * 1024
const verdict = (read: () => unknown): string => {
  try {
    read()
    return 'taken'
  } catch (error) {
    return (error as Failure).code
  }
}
const bodyOf = (body: string | Buffer, contentType: string | undefined = 'application/json') => {
  const headers = contentType === undefined ? {} : { 'Content-Type': contentType }
  const isBase64Encoded = typeof body !== 'string'
  return anEvent({ headers, body: isBase64Encoded ? body.toString('base64') : body, isBase64Encoded })
}
/** A JSON string of exactly so many bytes. */
const jsonOf = (bytes: number, character = 'x') => {
  const wide = Buffer.byteLength(character)
  const filling = Math.floor((bytes - 2) / wide)
  return `"${character.repeat(filling)}${'x'.repeat(bytes - 2 - filling * wide)}"`
}

describe('the size of a body', () => {
  test.each(['x', 'ä', '🧾'])('is counted in bytes of UTF-8, of %s as well', (character) => {
    const at = (bytes: number) => jsonOf(bytes, character)
    expect(Buffer.byteLength(at(limit))).toBe(limit)
    expect(verdict(() => jsonBody(bodyOf(at(limit - 1))))).toBe('taken')
    expect(verdict(() => jsonBody(bodyOf(at(limit))))).toBe('taken')
    expect(verdict(() => jsonBody(bodyOf(at(limit + 1))))).toBe('body-too-large')
  })

  test.each([-2, -1, 0, 1, 2, 3])('in Base64 has the same limit (%i bytes off it)', (off) => {
    const body = Buffer.from(jsonOf(limit + off))
    expect(verdict(() => jsonBody(bodyOf(body)))).toBe(off <= 0 ? 'taken' : 'body-too-large')
  })
})

describe('the content of a body', () => {
  test('is the same in Base64 as in plain text, for any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        fc.pre(!json.includes('__proto__'))
        const plain = jsonBody(bodyOf(json))
        expect(plain).toEqual(JSON.parse(json))
        expect(jsonBody(bodyOf(Buffer.from(json)))).toEqual(plain)
      }),
    )
  })

  test('absent is an empty object, whatever the content type', () => {
    expect(jsonBody(anEvent({ body: null, headers: {} }))).toEqual({})
    expect(jsonBody(bodyOf('', 'text/plain'))).toEqual({})
  })

  const malformed: [string, string | Buffer][] = [
    ['half of an object', '{"a":'],
    ['two values', '{} {}'],
    ['a comment', '{}//'],
    ['NaN', '{"a":NaN}'],
    ['invalid UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
    ['UTF-8 cut within a character', Buffer.from('"ä').subarray(0, 2)],
    ['overlong UTF-8', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
    ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['a prototype', '{"a":{"__proto__":{"admin":true}}}'],
    ['a prototype in escapes', '{"\\u005f_proto__":{}}'],
    ['nesting without end', '['.repeat(100_000)],
    ['deep nesting', '['.repeat(100_000) + ']'.repeat(100_000)],
  ]
  test.each(malformed)('%s is malformed', (_name, body) => {
    expect(verdict(() => jsonBody(bodyOf(body)))).toBe('malformed-json')
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })
})

describe('the content type', () => {
  test.each([
    ['application/json', 'taken'],
    ['Application/JSON', 'taken'],
    ['application/json; charset=utf-8', 'taken'],
    ['application/json;charset="UTF-8"', 'taken'],
    ['application/merge-patch+json', 'taken'],
    [undefined, 'unsupported-media-type'],
    ['', 'unsupported-media-type'],
    ['text/plain', 'unsupported-media-type'],
    ['application/x-www-form-urlencoded', 'unsupported-media-type'],
    ['multipart/form-data; boundary=x', 'unsupported-media-type'],
    ['application/json; charset=latin1', 'unsupported-media-type'],
    ['application/jsonp', 'unsupported-media-type'],
    ['text/plain, application/json', 'unsupported-media-type'],
  ])('%s: %s', (contentType, code) => {
    const headers = contentType === undefined ? {} : { 'content-type': contentType }
    expect(verdict(() => jsonBody(anEvent({ headers, body: '{}' })))).toBe(code)
  })
})

describe('headers', () => {
  test('are found in whatever case they were sent', () => {
    for (const name of ['If-Match', 'if-match', 'IF-MATCH']) {
      expect(headerOf(anEvent({ headers: { [name]: 'x' } }), 'if-match')).toBe('x')
    }
    expect(headerOf(anEvent({ headers: null as never }), 'if-match')).toBeUndefined()
    expect(headerOf(anEvent({ headers: {} }), 'constructor')).toBeUndefined()
  })
})

describe('query parameters', () => {
  const query = (all: Record<string, string[]>) =>
    anEvent({
      multiValueQueryStringParameters: all,
      queryStringParameters: Object.fromEntries(
        Object.entries(all).map(([name, values]) => [name, values.at(-1)]),
      ),
    })

  test('stand once each', () => {
    expect(queryOf(query({ a: ['1'], b: [''] }))).toEqual({ a: '1', b: '' })
    expect(queryOf(anEvent())).toEqual({})
    expect(() => queryOf(query({ a: ['1'], b: ['1', '1'] }))).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: '?b' })] }),
    )
  })

  test('of any name reach no prototype', () => {
    const given = Object.fromEntries([['__proto__', ['x']]]) as Record<string, string[]>
    expect(Object.keys(queryOf(query(given)))).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(queryOf(query(given)))).toBe(Object.prototype)
  })
})
