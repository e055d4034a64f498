/**
 * Names of the environment variables a function may read. Infrastructure and the local runtime set them,
 * `shared/world` parses them; nothing else touches `process.env`.
 * Endpoints and credentials use the AWS SDK's own variables (`AWS_ENDPOINT_URL_DYNAMODB`, …).
 */
export const environmentNames = {
  /** Name of the one table. Set for every function with `uses.table`. */
  table: 'TABLE_NAME',
  /** Cognito user pool and its one app client (no secret). */
  userPool: 'USER_POOL_ID',
  userPoolClient: 'USER_POOL_CLIENT_ID',
  /** `iss` of the access tokens, and the pool's public keys as a JSON Web Key Set, shipped with the deployment. */
  tokenIssuer: 'TOKEN_ISSUER',
  tokenKeys: 'TOKEN_JWKS',
  /** Where the key set is fetched from when a token names a key that was not shipped. */
  tokenKeysUrl: 'TOKEN_JWKS_URL',
  /** Origin under which people reach the product, without a trailing slash; links in mails begin with it. */
  publicUrl: 'PUBLIC_URL',
  /** Comma-separated origins that browsers may call the API from; the public origin is always allowed. */
  allowedOrigins: 'ALLOWED_ORIGINS',
  /** Key that signs cursors: made at deployment, never at synthesis. */
  cursorKey: 'CURSOR_KEY',
  /** How many times the declared attempts by network address are let through; 1 where it is not set. */
  addressFactor: 'ADDRESS_LIMIT_FACTOR',
  /** Address mails are sent from. */
  mailSender: 'MAIL_SENDER',
  /** SES configuration set that publishes bounces and complaints; not set where there is none. */
  mailConfigurationSet: 'MAIL_CONFIGURATION_SET',
  /** Bucket of attached files, and its address for browsers: they upload there, and downloads are signed for it. */
  filesBucket: 'FILES_BUCKET',
  filesBucketUrl: 'FILES_BUCKET_URL',
  /** Origin of its own under which files are downloaded; what stands before the bucket. */
  filesOrigin: 'FILES_ORIGIN',
  /** Where clients open live connections (`wss://`); empty or not set: nowhere. */
  liveUrl: 'LIVE_URL',
  /** Endpoint through which functions send over live connections. */
  liveEndpoint: 'LIVE_ENDPOINT',
} as const

/** Variable that holds a queue's URL: `notifications` → `NOTIFICATIONS_QUEUE_URL`. */
export const queueUrlVariable = (queue: string): string => `${queue.toUpperCase()}_QUEUE_URL`
