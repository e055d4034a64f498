import { createHash } from 'node:crypto'
import { direction } from '../i18n/language.ts'
import { catalogueOf } from './catalogues.ts'
import { escapeHtml } from './escapeHtml.ts'
import { say } from './say.ts'
import { lineText } from './template.ts'
import type { Unsubscription } from './unsubscribe.ts'

const style =
  ':root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:10vh auto;padding:0 1rem}' +
  'button{font:inherit;padding:.6rem 1.2rem;border:1px solid #1d4ed8;border-radius:.4rem;background:#1d4ed8;color:#fff}'

/** The one style and a form to where the page came from: no script, no picture, nothing from elsewhere. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Sent as a mail program would send it (RFC 8058, 3.2). */
const form = (label: string): string =>
  `<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">` +
  `<button>${escapeHtml(label)}</button></form>`

/** The page that the link of a mail opens: a whole HTML document that needs nothing else. */
export const unsubscribePage = (state: 'asks' | 'done', { topic, language }: Unsubscription) => {
  const words = catalogueOf(language)
  const key = state === 'asks' ? 'unsubscribeAsk' : 'unsubscribeDone'
  const text = lineText(say(words, key, { topic: words.topics[topic] }))
  const page = `<!DOCTYPE html>
<html lang="${language}" dir="${direction(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(words.unsubscribeTitle)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(words.unsubscribeTitle)}</h1>
<p>${escapeHtml(text)}</p>
${state === 'asks' ? form(words.unsubscribe) : ''}
</main>
</body>
</html>
`
  return { bytes: Buffer.from(page), mediaType: 'text/html; charset=utf-8', policy }
}
