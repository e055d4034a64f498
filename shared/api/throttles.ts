/** A bucket of attempts: `burst` at once when it is full, and one more each `everySeconds`. */
export interface Limit {
  readonly burst: number
  readonly everySeconds: number
}

/** How often a route may be tried. Routes of one purpose draw on the same buckets. */
export interface Throttle {
  readonly purpose: 'password' | 'code' | 'mail' | 'link'
  /** By the mail address the request is about, whether or not it has an account; or by the token of a link. */
  readonly account: Limit
  /** By where the request comes from: an IPv4 address, or an IPv6 network of /64. */
  readonly address: Limit
  /** `failures`: what succeeds is not counted. `all`: it is, since every success costs somebody a mail, or us a write. */
  readonly counts: 'failures' | 'all'
}

/** Says why nothing is counted: for routes that neither take a secret that can be guessed nor send mails. */
export interface Unthrottled {
  readonly none: string
}

/**
 * The limits (decision 23). In any hour at most 22 guesses at a password or a code of one account, and five mails to
 * one address. Those by address let an office behind one address work, and bound guesses spread over accounts.
 */
export const throttles = {
  password: {
    purpose: 'password',
    account: { burst: 10, everySeconds: 300 },
    address: { burst: 50, everySeconds: 30 },
    counts: 'failures',
  },
  code: {
    purpose: 'code',
    account: { burst: 10, everySeconds: 300 },
    address: { burst: 50, everySeconds: 30 },
    counts: 'failures',
  },
  mail: {
    purpose: 'mail',
    account: { burst: 4, everySeconds: 3_600 },
    address: { burst: 50, everySeconds: 120 },
    counts: 'all',
  },
  // Mail services click for many people from few addresses.
  link: {
    purpose: 'link',
    account: { burst: 20, everySeconds: 60 },
    address: { burst: 300, everySeconds: 1 },
    counts: 'all',
  },
} as const satisfies Record<string, Throttle>

/** The limits of a route, if it has any. */
export const limitsOf = ({
  throttle,
}: {
  readonly throttle?: Throttle | Unthrottled
}): Throttle | undefined => (throttle && 'purpose' in throttle ? throttle : undefined)
