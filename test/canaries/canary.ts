/** A deliberate fault in what keeps people from what is not theirs, and the tests that must notice. */
export interface Canary {
  readonly name: string
  /** Path from the root of the repository. */
  readonly file: string
  /** Stands in the file exactly once. */
  readonly find: string
  readonly replace: string
  /** Test files or folders. */
  readonly tests: readonly string[]
  /** Pattern of test names; absent: all of them. */
  readonly only?: string
}

/** Rows of the authorisation matrix, whichever part they are in. */
export const matrix = (...routes: readonly string[]): Pick<Canary, 'tests' | 'only'> => ({
  tests: [1, 2, 3, 4, 5].map((part) => `test/integration/matrix/part${part}.test.ts`),
  only: ` (${routes.join('|')})$`,
})
