/** The table does not keep up; named as DynamoDB names it, so that callers are told to try again. */
export class Throttled extends Error {
  override readonly name = 'ThrottlingException'
}
