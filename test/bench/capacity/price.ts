import file from '../prices.json' with { type: 'json' }

export type PriceName = keyof typeof file.prices

interface Tier {
  /** Quantity up to which the price holds; the last tier has no end. */
  readonly upTo?: number
  readonly usd: number
}

/** Price of a quantity whose parts cost what their tier says. */
export const tiered = (tiers: readonly Tier[], quantity: number): number => {
  let from = 0
  let usd = 0
  for (const tier of tiers) {
    const upTo = Math.min(tier.upTo ?? Number.POSITIVE_INFINITY, quantity)
    if (upTo > from) usd += (upTo - from) * tier.usd
    from = Math.max(from, upTo)
  }
  return usd
}

/** List price of a month's quantity, in US dollars. */
export const priceOf = (name: PriceName, quantity: number): number =>
  tiered(file.prices[name].tiers, quantity)

/** Where the prices come from, one line for each page. */
export const priceSources = (): string => {
  const pages = new Set(Object.values(file.prices).map(({ page, date }) => `${page} (${date})`))
  return `${file.region}, ${file.currency}: ${[...pages].join('; ')}`
}
