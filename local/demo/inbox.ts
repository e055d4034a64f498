import { setTimeout as delay } from 'node:timers/promises'

interface Mail {
  readonly destination: { readonly to: readonly string[] }
  readonly body: { readonly text?: string }
}

/** The newest code mailed to an address. Waits up to ten seconds for it. */
export async function codeMailedTo(inboxUrl: string, address: string): Promise<string> {
  const deadline = Date.now() + 10_000
  while (Date.now() < deadline) {
    const { emails } = (await (await fetch(`${inboxUrl}/store`)).json()) as { emails: readonly Mail[] }
    const mails = emails.filter(({ destination }) => destination.to.some((to) => to.includes(address)))
    const code = /\b\d{6}\b/.exec(mails.at(-1)?.body.text ?? '')?.[0]
    if (code !== undefined) return code
    await delay(50)
  }
  throw new Error(`No code arrived in the inbox for ${address}`)
}
