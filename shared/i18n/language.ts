import { type Language, languages } from '../api/languages.ts'

/** Browsers send well under 200 characters. What lies beyond is not looked at, so that no header is costly. */
const headerLimit = 1000
const element = /^([a-z]{1,8})((?:-[a-z0-9]{1,8})*)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i

/**
 * The language an `Accept-Language` header asks for: ranges by weight (RFC 9110, 12.5.4), each looked up by
 * dropping subtags (RFC 4647, 3.4). `de;q=0` rules German out; malformed elements count as absent; without
 * a match, and for `*`, English.
 */
export function negotiate(acceptLanguage: string | undefined): Language {
  const refused = new Set<Language>()
  const wanted: { language: Language; weight: number }[] = []
  for (const part of (acceptLanguage ?? '').slice(0, headerLimit).split(',')) {
    const [, primary, subtags, weight = '1'] = element.exec(part.trim()) ?? []
    const language = languages.find((known) => known === primary?.toLowerCase())
    if (!language) continue
    if (Number(weight) > 0) wanted.push({ language, weight: Number(weight) })
    else if (!subtags) refused.add(language)
  }
  const [best] = wanted.filter((range) => !refused.has(range.language)).sort((a, b) => b.weight - a.weight)
  return best?.language ?? 'en'
}

/** Writing direction, as the `dir` attribute of HTML takes it. */
export const direction = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr')
