import { describe, expect, it } from 'vitest'
import { languages } from '../../../shared/api/languages.ts'
import { renderMail } from '../../../shared/mail/render.ts'
import { aRecipient, everyKind, settings } from './notices.ts'
import { skeleton } from './reading.ts'

const documents = languages.flatMap((language) =>
  everyKind('Pump').map((notice) => ({
    language,
    kind: notice.kind,
    html: renderMail(notice, aRecipient({ language }), settings).html,
  })),
)

/** Elements left open or closed out of order; empty when the document nests well. */
function unbalanced(html: string): readonly string[] {
  const open: string[] = []
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (slash) {
      if (open.pop() !== name) return [`</${name}>`]
    } else if (name !== 'meta' && name !== 'br') open.push(name)
  }
  return open
}

describe('the HTML of a mail', () => {
  it.each(documents)(
    'states language and direction on the document and the card ($language, $kind)',
    (mail) => {
      const dir = mail.language === 'ar' ? 'rtl' : 'ltr'
      expect(mail.html).toContain(`<html lang="${mail.language}" dir="${dir}">`)
      expect(mail.html).toMatch(
        new RegExp(`<table role="presentation" class="card"[^>]* lang="${mail.language}" dir="${dir}"`),
      )
      expect(mail.html.includes('align="right"')).toBe(dir === 'rtl')
      expect(mail.html.includes('align="left"')).toBe(dir === 'ltr')
    },
  )

  it.each(documents)('fetches and runs nothing ($language, $kind)', ({ html }) => {
    expect(html).not.toMatch(
      /<(script|img|link|iframe|object|embed|form|svg|video|base)\b|\bon\w+=|url\(|@import|javascript:/i,
    )
  })

  it.each(documents)('nests well and keeps to 600 pixels ($language, $kind)', ({ html }) => {
    expect(unbalanced(html)).toEqual([])
    expect(html).toContain('max-width:600px')
    for (const [, width] of html.matchAll(/width[=:]"?(\d+)(?!\d|%)/g))
      expect(Number(width)).toBeLessThanOrEqual(600)
  })

  it.each(documents)(
    'gives every visible text its colour, for light and dark ($language, $kind)',
    ({ html }) => {
      expect(html).toContain('<meta name="color-scheme" content="light dark">')
      for (const [tag] of html.matchAll(/<(?:p|td)\b[^>]*color:#[^>]*>/g)) {
        if (tag.includes('color:')) expect(tag).toMatch(/class="(ink|soft|alert)"/)
      }
    },
  )

  it('has the same markup in all left-to-right languages', () => {
    const shapes = (kind: string) =>
      documents
        .filter((mail) => mail.kind === kind && mail.language !== 'ar')
        .map((mail) => skeleton(mail.html).replace(/ lang="\w+"/g, ''))
    for (const kind of ['assigned', 'invited', 'several', 'digest', 'commented'])
      expect(new Set(shapes(kind)).size).toBe(1)
  })

  it('shows markup in a title as text', () => {
    const { html } = renderMail(
      everyKind(`<img src=x onerror="alert('1')">&amp;`)[1] ?? { kind: 'welcome', id: 'ntc' },
      aRecipient(),
      settings,
    )
    expect(html).toContain('OPS-42 &lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;</span>')
    expect(html).not.toContain('<img')
  })
})
