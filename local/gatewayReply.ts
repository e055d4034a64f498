import type { IncomingMessage, ServerResponse } from 'node:http'

/** What a function answers in payload format 1.0. */
interface ProxyResult {
  readonly statusCode: number
  readonly headers?: Readonly<Record<string, string | number | boolean>>
  readonly multiValueHeaders?: Readonly<Record<string, readonly (string | number | boolean)[]>>
  readonly body?: string
  readonly isBase64Encoded?: boolean
}

/** Sends a function's answer. One that API Gateway would not understand becomes its 500. */
export function sendResult(request: IncomingMessage, response: ServerResponse, result: unknown): void {
  if (isProxyResult(result)) sendProxyResult(request, response, result)
  else sendMessage(response, 500, 'Internal Server Error')
}

function sendProxyResult(request: IncomingMessage, response: ServerResponse, result: ProxyResult): void {
  for (const [name, value] of Object.entries(result.headers ?? {})) response.setHeader(name, String(value))
  for (const [name, values] of Object.entries(result.multiValueHeaders ?? {})) {
    response.setHeader(name, values.map(String))
  }
  response.statusCode = result.statusCode
  const body = Buffer.from(result.body ?? '', result.isBase64Encoded === true ? 'base64' : 'utf8')
  if (request.method === 'HEAD' || body.length === 0) response.end()
  else response.end(body)
}

const isProxyResult = (result: unknown): result is ProxyResult =>
  typeof result === 'object' && result !== null && Number.isInteger((result as ProxyResult).statusCode)

/** An answer of the gateway itself, in API Gateway's words. */
export function sendMessage(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ message }))
}
