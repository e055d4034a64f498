import { environmentNames } from '../api/environment.ts'

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
export const allowedOrigins = (): string[] => [
  publicUrl(),
  ...originsOf(process.env[environmentNames.allowedOrigins] ?? ''),
]
