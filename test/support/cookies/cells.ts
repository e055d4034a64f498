/** What a request may say of where it comes from, and in what form it comes; `undefined`: the header is absent. */
const sites = ['same-origin', 'same-site', 'cross-site', 'none', undefined] as const
const origins = {
  own: 'https://duely.test',
  foreign: 'https://evil.test',
  sibling: 'https://app.duely.test',
  null: 'null',
  'own with another port': 'https://duely.test:8443',
  'own with a trailing dot': 'https://duely.test.',
  'own by plain HTTP': 'http://duely.test',
  absent: undefined,
} as const
export const contentTypes = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  text: 'text/plain',
  multipart: 'multipart/form-data; boundary=x',
  absent: undefined,
} as const

type OriginName = keyof typeof origins
export type TypeName = keyof typeof contentTypes

export interface Place {
  readonly site: (typeof sites)[number]
  readonly origin: OriginName
}

export const places: readonly Place[] = sites.flatMap((site) =>
  Object.keys(origins).map((origin) => ({ site, origin: origin as OriginName })),
)

/**
 * The three ways in which a browser says that a page of our own asks: Fetch Metadata alone, as for a GET; with Origin;
 * and Origin alone, as browsers do that are older than Fetch Metadata. Whatever else it says comes from elsewhere.
 */
const ownPlaces = new Set(['same-origin own', 'same-origin absent', 'undefined own'])
export const isOwn = ({ site, origin }: Place): boolean => ownPlaces.has(`${site} ${origin}`)

export const nameOf = ({ site, origin }: Place): string =>
  `Sec-Fetch-Site ${site ?? 'absent'}, Origin ${origin}`

/** Headers of a request; those that are absent are not there at all. */
export const headersOf = (place: Place, type: TypeName, cookie?: string): Record<string, string> => {
  const all = {
    'Sec-Fetch-Site': place.site,
    Origin: origins[place.origin],
    'Content-Type': contentTypes[type],
    Cookie: cookie,
  }
  // `app.call` says JSON where a request says nothing, hence `undefined` in place of no header.
  return all as Record<string, string>
}
