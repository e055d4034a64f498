import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dispositionOf, downloadType, fileName } from '../../../../shared/domain/attachments/fileName.ts'

const rightToLeft = '\u202e'

describe('the name of a file', () => {
  test.each([
    ['report.pdf', 'report.pdf'],
    ['Lieferschein März.pdf', 'Lieferschein März.pdf'],
    ['写真.png', '写真.png'],
    ['👩‍🚒 plan.txt', '👩‍🚒 plan.txt'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\win.ini', 'win.ini'],
    ['/', 'file'],
    ['..', 'file'],
    ['...', 'file'],
    ['.htaccess', 'htaccess'],
    [' spaced . ', 'spaced'],
    ['a\r\nSet-Cookie: b=c', 'aSet-Cookie_ b=c'],
    ['quo"te.txt', 'quo_te.txt'],
    [`invoice${rightToLeft}fdp.exe`, 'invoicefdp.exe'],
    ['a\u0000b\u001f\u007f\u0085.txt', 'ab.txt'],
    ['zero\u200bwidth\ufeff.txt', 'zerowidth.txt'],
    ['CON', '_CON'],
    ['con.txt', '_con.txt'],
    ['console.txt', 'console.txt'],
    ['a:b|c?d*e<f>g', 'a_b_c_d_e_f_g'],
    ['lone \ud800 surrogate', 'lone \ufffd surrogate'],
    [`${rightToLeft}\u0000`, 'file'],
  ])('%j becomes %j', (given, expected) => {
    expect(fileName(given)).toBe(expected)
  })

  test('is shortened to 255 bytes between characters, its ending kept', () => {
    const long = fileName(`${'ä'.repeat(250)}.tar.gz`)
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(255)
    expect(long).toMatch(/^ä+\.gz$|^ä+\.tar\.gz$/)
    expect(Buffer.byteLength(fileName('😀'.repeat(255)))).toBeLessThanOrEqual(255)
    expect(fileName(`${'a'.repeat(300)}.${'b'.repeat(100)}`)).toBe('a'.repeat(255))
  })

  test('is never empty, never longer, never a path or a control, whatever was given; and its own name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
        const name = fileName(given)
        expect(name).not.toBe('')
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
        expect(name).not.toMatch(/[/\\\p{Cc}\u202a-\u202e\u2066-\u2069"]|^\.|\.$/u)
        expect(name.isWellFormed()).toBe(true)
        expect(fileName(name)).toBe(name)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the disposition of a download', () => {
  test.each([
    ['a b.txt', "attachment; filename*=UTF-8''a%20b.txt"],
    ["it's (1)*.txt", "attachment; filename*=UTF-8''it%27s%20%281%29_.txt"],
    ['é€.txt', "attachment; filename*=UTF-8''%C3%A9%E2%82%AC.txt"],
    ['"; filename="evil.html', "attachment; filename*=UTF-8''_%3B%20filename%3D_evil.html"],
    ['x\r\nContent-Type: text/html', "attachment; filename*=UTF-8''xContent-Type_%20text%2Fhtml"],
  ])('of %j is %s', (given, expected) => {
    expect(dispositionOf(given.replace('text/html', 'text∕html'))).toBe(
      expected.replace('text%2Fhtml', 'text%E2%88%95html'),
    )
  })

  test('is an attachment in the characters of RFC 5987, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
        expect(dispositionOf(given)).toMatch(/^attachment; filename\*=UTF-8''([\w.!~-]|%[0-9A-F]{2})+$/)
        const [, encoded = ''] = dispositionOf(given).split("''")
        expect(decodeURIComponent(encoded)).toBe(fileName(given))
      }),
    )
  })
})

test('what a browser might run or show as a page goes out as bytes of no kind', () => {
  for (const type of [
    'text/html',
    'image/svg+xml',
    'application/xhtml+xml',
    'text/xml',
    'text/javascript',
    'x/y',
  ])
    expect(downloadType(type)).toBe('application/octet-stream')
  for (const type of ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf', 'text/plain'])
    expect(downloadType(type)).toBe(type)
})
