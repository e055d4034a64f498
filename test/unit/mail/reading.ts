/** Reads a rendered mail the way a person sees it, without using the code that rendered it. */

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** Visible text of the document's body; elements become single spaces. */
export const visibleText = (html: string): string =>
  html
    .slice(html.indexOf('<body'))
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)

/** All markup without the text between it. Addresses of links and the number of lines quoted differ by design. */
export const skeleton = (html: string): string =>
  html
    .replace(/<br>/g, '')
    .replace(/>[^<]*/g, '>')
    .replace(/ href="[^"]*"/g, ' href')
    .replace(/(<span dir="auto"><\/span>)+/g, '$1')

/** Every address the document could make a program open or fetch. */
export const addresses = (html: string): readonly string[] =>
  [
    // Whatever stands between tags is text, but for a style sheet.
    ...(html.match(/<style>[^<]*<\/style>|<[^>]*>/g) ?? [])
      .join('\n')
      .matchAll(/\b(?:href|src|srcset|background|action|poster|data)\s*=\s*"([^"]*)"|url\(([^)]*)\)/gi),
  ].map(([, attribute, style]) => attribute ?? style ?? '')

/** What is left to compare when layout, punctuation between label and value, and isolates are taken away. */
export const squashed = (text: string): string => text.replace(/[\s:：*>\u2068\u2069-]+/gu, '')
