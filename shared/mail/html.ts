import type { Language } from '../api/languages.ts'
import { direction } from '../i18n/language.ts'
import { escapeHtml } from './escapeHtml.ts'
import type { Fact, List, ListItem, MailContent } from './mailContent.ts'
import { type Line, lineText } from './template.ts'

const font = 'font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif'
const wrap = 'word-break:break-word;overflow-wrap:anywhere'
/** Inline styles are the light look; this turns it dark where the program lets a mail have a say. */
const darkStyle =
  ':root{color-scheme:light dark}@media (prefers-color-scheme:dark){.page{background:#111827!important}' +
  '.card{background:#1f2937!important}.ink{color:#f3f4f6!important}.soft{color:#9ca3af!important}' +
  '.link{color:#93c5fd!important}.quote{border-color:#4b5563!important}' +
  '.alert{background:#78350f!important;color:#fef3c7!important}}'

/** Values stand apart, in their own direction; `span` with `dir` survives where `bdi` is taken out. */
const valueHtml = (value: string): string => `<span dir="auto">${escapeHtml(value)}</span>`
const lineHtml = (line: Line): string =>
  line.map((piece) => (typeof piece === 'string' ? escapeHtml(piece) : valueHtml(piece.value))).join('')

const factHtml =
  (align: string) =>
  (fact: Fact): string =>
    `<tr><td class="soft" align="${align}" valign="top" style="padding:4px 0;color:#6b7280;font-size:14px;width:35%">` +
    `${escapeHtml(fact.label)}</td><td class="ink" align="${align}" valign="top" ` +
    `style="padding:4px 8px;color:#111827;font-size:14px;${wrap}">${valueHtml(fact.value)}</td></tr>`

const factsHtml = (facts: readonly Fact[], align: string): string =>
  facts.length === 0
    ? ''
    : `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 16px">${facts.map(factHtml(align)).join('')}</table>`

const alertHtml = (alert: Line | undefined): string =>
  alert
    ? `<p class="alert" style="margin:0 0 16px;padding:12px;background:#fef3c7;color:#78350f;font-weight:bold">${lineHtml(alert)}</p>`
    : ''

const paragraph = (html: string): string =>
  `<p class="ink" style="margin:0 0 16px;color:#111827;${wrap}">${html}</p>`

const buttonHtml = ({ label, url }: MailContent['action']): string =>
  `<p style="margin:0 0 24px"><a href="${escapeHtml(url)}" style="display:inline-block;padding:10px 20px;` +
  `background:#1d4ed8;border:1px solid #1d4ed8;border-radius:6px;color:#ffffff;text-decoration:none">${escapeHtml(label)}</a></p>`

/** `border-inline-start` would do, but few programs know it. */
const quoteHtml = (lines: readonly string[] | undefined, align: string): string =>
  lines?.length
    ? `<blockquote class="quote" style="margin:0 0 16px;padding:0 12px;border:0 solid #d1d5db;border-${align}-width:3px">` +
      `${paragraph(lines.map(valueHtml).join('<br>'))}</blockquote>`
    : ''

const itemHtml =
  (align: string) =>
  ({ line, note, quote, url }: ListItem): string =>
    `<li class="ink" style="margin:0 0 8px;color:#111827;font-size:14px;${wrap}">` +
    `<a class="link" href="${escapeHtml(url)}" style="color:#1d4ed8">${lineHtml(line)}</a>` +
    (note ? `<p class="soft" style="margin:0;color:#6b7280;font-size:13px">${lineHtml(note)}</p>` : '') +
    `${quoteHtml(quote, align)}</li>`

const listHtml =
  (align: string) =>
  ({ title, items, more }: List): string =>
    (title ? paragraph(`<b>${lineHtml(title)}</b>`) : '') +
    `<ul style="margin:0 0 16px;padding:0 20px">${items.map(itemHtml(align)).join('')}</ul>` +
    (more ? paragraph(lineHtml(more)) : '')

const stopHtml = (stop: MailContent['stop']): string =>
  stop
    ? `<p class="soft" style="margin:8px 0 0;color:#6b7280;font-size:13px"><a class="soft" href="${escapeHtml(stop.url)}" style="color:#6b7280">${escapeHtml(stop.label)}</a></p>`
    : ''

/**
 * The mail as a whole HTML document that holds in common programs: tables, inline styles, at most 600 px,
 * nothing fetched, nothing that runs. Language and direction stand on the card too, for programs that drop
 * the root element.
 */
export function renderHtml(content: MailContent, language: Language): string {
  const dir = direction(language)
  const align = dir === 'rtl' ? 'right' : 'left'
  return `<!DOCTYPE html>
<html lang="${language}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(lineText(content.subject))}</title>
<style>${darkStyle}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f3f4f6">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f3f4f6"><tr><td align="center" style="padding:24px 8px">
<table role="presentation" class="card" width="600" cellpadding="0" cellspacing="0" lang="${language}" dir="${dir}" style="width:100%;max-width:600px;background:#ffffff;border-radius:8px"><tr><td class="ink" align="${align}" style="padding:24px;color:#111827;${font};font-size:16px;line-height:1.5">
${alertHtml(content.alert)}
${paragraph(lineHtml(content.greeting))}
${paragraph(lineHtml(content.intro))}
${quoteHtml(content.quote, align)}
${factsHtml(content.facts, align)}
${(content.lists ?? []).map(listHtml(align)).join('')}
${buttonHtml(content.action)}
<p class="soft" style="margin:0;color:#6b7280;font-size:13px">${escapeHtml(content.reason)}</p>
${stopHtml(content.stop)}
</td></tr></table>
</td></tr></table>
</body>
</html>
`
}
