/** What a refresh token of ours says. All generations of one sign-in, its family, share the secret. */
export interface RefreshToken {
  readonly userId: string
  readonly sessionId: string
  /** Counts from 1. */
  readonly generation: number
  /** 256 random bits, base64url. Nothing of it is ever stored. */
  readonly secret: string
}

/** Cognito's refresh token of a sign-in, as it lies in the table. */
export interface PoolToken {
  readonly userId: string
  readonly sessionId: string
  readonly sealed: Uint8Array
  /** That of the session. */
  readonly expiresAt: string
}

/** Writes and reads refresh tokens with the deployment's key. */
export interface RefreshTokens {
  /** The first generation of a new family. */
  begin(userId: string, sessionId: string): RefreshToken
  /** The same text for the same token, so that a generation can be handed out again. */
  write(token: RefreshToken): string
  /** `undefined` for what this deployment has not issued to the letter; nothing is read for that. */
  read(text: string): RefreshToken | undefined
  /** Cognito's token such that only a token of this family, and the deployment's key, open it. */
  seal(poolToken: string, family: RefreshToken): Uint8Array
  open(sealed: Uint8Array, family: RefreshToken): string
}
