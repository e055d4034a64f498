import { environmentNames } from '../api/environment.ts'
import type { Credentials, FileSettings } from './files/settings.ts'

/** A variable that must be set; its absence is a mistake of the deployment and stops the function at once. */
export const required = (name: string): string => {
  const value = process.env[name]
  if (value === undefined || value === '') throw new Error(`the environment variable ${name} is not set`)
  return value
}

const originsOf = (list: string): string[] =>
  list
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '')

export const tableName = (): string => required(environmentNames.table)
export const publicUrl = (): string => required(environmentNames.publicUrl)
export const mailSender = (): string => required(environmentNames.mailSender)
/** Absent where the mail service publishes nothing of what becomes of mails. */
export const mailConfigurationSet = (): string | undefined =>
  process.env[environmentNames.mailConfigurationSet] || undefined
export const userPool = () => ({
  poolId: required(environmentNames.userPool),
  clientId: required(environmentNames.userPoolClient),
})
export const tokenSettings = () => ({
  issuer: required(environmentNames.tokenIssuer),
  clientId: required(environmentNames.userPoolClient),
  // Without shipped keys they are fetched on first use.
  keys: process.env[environmentNames.tokenKeys] ?? '',
  keysUrl: required(environmentNames.tokenKeysUrl),
})
export const cursorKey = (): string => required(environmentNames.cursorKey)
export const addressFactor = (): number => {
  const name = environmentNames.addressFactor
  const factor = Number(process.env[name] ?? 1)
  if (!(factor > 0)) throw new Error(`the environment variable ${name} is not a number above 0`)
  return factor
}
export const allowedOrigins = (): string[] => [
  publicUrl(),
  ...originsOf(process.env[environmentNames.allowedOrigins] ?? ''),
]

/** Credentials of the execution environment; read on each use, as tests and local runs may set them late. */
const credentials = async (): Promise<Credentials> => {
  const sessionToken = process.env.AWS_SESSION_TOKEN
  return {
    accessKeyId: required('AWS_ACCESS_KEY_ID'),
    secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken && { sessionToken }),
  }
}

/** Where an emulator is, as the AWS SDKs look it up; an empty variable means the same as none. */
const emulatedS3 = (): string | undefined =>
  process.env.AWS_ENDPOINT_URL_S3 || process.env.AWS_ENDPOINT_URL || undefined

/** Emulators take the bucket in the path; on AWS functions and browsers use the same address. */
export const fileSettings = (): FileSettings => {
  const bucket = required(environmentNames.filesBucket)
  const bucketUrl = required(environmentNames.filesBucketUrl)
  const emulator = emulatedS3()
  return {
    bucket,
    inside: new URL(emulator === undefined ? bucketUrl : `${emulator.replace(/\/$/, '')}/${bucket}`),
    outside: new URL(bucketUrl),
    origin: new URL(required(environmentNames.filesOrigin)),
    region: required('AWS_REGION'),
    credentials,
    clock: Date.now,
  }
}
