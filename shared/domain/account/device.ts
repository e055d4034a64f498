export interface Device {
  readonly browser: string | null
  readonly system: string | null
}

/** In this order: all but Firefox also call themselves by names further down (RFC 9110, User-Agent). */
const browsers: readonly (readonly [string, RegExp])[] = [
  ['Edge', /\bEdg(A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|CriOS)\//],
  ['Safari', /\bVersion\/[\d.]+ .*\bSafari\//],
]

/** An iPad calls itself a Macintosh, unless it is asked for the mobile site: nothing in the text tells it. */
const systems: readonly (readonly [string, RegExp])[] = [
  ['iOS', /\((iPhone|iPad|iPod)\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows NT\b/],
  ['macOS', /\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
]

const nameIn = (userAgent: string, names: readonly (readonly [string, RegExp])[]): string | null =>
  names.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? null

/** What a `User-Agent` says of browser and system: just their names, `null` where it names none that we know. */
export const deviceOf = (userAgent: string): Device => ({
  browser: nameIn(userAgent, browsers),
  system: nameIn(userAgent, systems),
})
