/** What deliveries ask of the network. `shared/world/egress` implements it. */

export interface Targets {
  /** Why no request goes to this address, as far as can be told now: it is tried to resolve its name. */
  objectionTo(url: URL): Promise<string | undefined>
}

export interface Outgoing {
  /** As it is kept: looked at anew before each request. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What became of a request: the status of an answer, or why there was none, in words that tell nothing of the inside. */
export interface Answer {
  readonly status: number | null
  readonly reason: string | null
  readonly milliseconds: number
}

export interface Egress {
  /** Posts once. Follows no redirect; never throws for what the other side does. */
  post(request: Outgoing): Promise<Answer>
}
