import { randomUUID } from 'node:crypto'

/** Answers of the API, as far as the demonstration reads them. */
export type Reply = Readonly<Record<string, unknown>>

export interface Api {
  /** Posts as the holder of the token, or as nobody. Throws with the problem's words when refused. */
  post(path: string, body: object, token?: string): Promise<Reply>
  /** Like `post`, but `undefined` when refused with this status. */
  tryPost(path: string, body: object, refusedWith: number): Promise<Reply | undefined>
  /** Claims of the API's own tokens, of which only the person's id is read. */
  userIdOf(token: string): string
}

/** The HTTP API as any program uses it. */
export function createApi(baseUrl: string): Api {
  const send = (path: string, body: object, token?: string) =>
    fetch(baseUrl + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    })
  return {
    post: async (path, body, token) => readReply(path, await send(path, body, token)),
    tryPost: async (path, body, refusedWith) => {
      const response = await send(path, body)
      return response.status === refusedWith ? undefined : readReply(path, response)
    },
    userIdOf: (token) => {
      const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
      return (JSON.parse(claims) as { sub: string }).sub
    },
  }
}

async function readReply(path: string, response: Response): Promise<Reply> {
  const body = await response.text()
  if (!response.ok) throw new Error(`POST ${path} was refused with ${response.status}: ${body}`)
  return body === '' ? {} : (JSON.parse(body) as Reply)
}
