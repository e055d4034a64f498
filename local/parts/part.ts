/** One embedded server: where its clients reach it, and how it is stopped. Closing twice is harmless. */
export interface Part {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly endpoint: string
  close(): Promise<void>
}

/** Region and account that every embedded part answers for; they appear in ARNs and queue URLs only. */
export const localRegion = 'eu-central-1'
export const localAccount = '000000000000'

/** Options with which an AWS SDK client reaches an embedded part. The credentials are checked by nobody. */
export const clientOptions = (endpoint: string) => ({
  endpoint,
  region: localRegion,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
})
