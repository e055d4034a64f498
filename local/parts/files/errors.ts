/** Errors of S3's protocol that the part answers: code → status and sentence. */
const errors = {
  AccessDenied: [403, 'Access Denied'],
  EntityTooLarge: [400, 'Your proposed upload exceeds the maximum allowed size'],
  IncompleteBody: [400, 'The body is not as long as Content-Length says'],
  InvalidRequest: [400, 'The request is not of a form that this part knows'],
  InvalidURI: [400, 'The path cannot be decoded'],
  KeyTooLongError: [400, 'Your key is too long'],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource'],
  MissingContentLength: [411, 'You must provide the Content-Length HTTP header'],
  NoSuchBucket: [404, 'The specified bucket does not exist'],
  NoSuchKey: [404, 'The specified key does not exist'],
  NotImplemented: [501, 'A header implies functionality that is not implemented'],
  PreconditionFailed: [412, 'At least one of the preconditions you specified did not hold'],
  RequestTimeTooSkewed: [403, 'The time of the request is too far from the time here'],
  SignatureDoesNotMatch: [403, 'The signature does not match the one calculated here'],
} as const satisfies Record<string, readonly [number, string]>

type Code = keyof typeof errors

/** A refusal in S3's words. */
export class StoreError extends Error {
  readonly code: Code
  readonly status: number

  constructor(code: Code, detail?: string) {
    super(detail ?? errors[code][1])
    this.code = code
    this.status = errors[code][0]
  }
}

/** The body of a refusal. Nothing of the request stands in it. */
export const errorDocument = ({ code, message }: StoreError): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`
