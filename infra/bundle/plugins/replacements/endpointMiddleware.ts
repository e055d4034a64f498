interface Endpoint {
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
  readonly path: string
}
interface Config {
  readonly isCustomEndpoint: boolean
  readonly ignoreConfiguredEndpointUrls: boolean
  readonly endpoint?: () => Promise<Endpoint>
  readonly serviceConfiguredEndpoint: () => Promise<string | undefined>
  readonly endpointProvider: (parameters: object) => { url: URL }
  readonly region: () => Promise<string>
  readonly useFipsEndpoint: () => Promise<boolean>
  readonly useDualstackEndpoint: () => Promise<boolean>
}
interface Context {
  endpointV2?: { url: URL }
}
type Handler = (args: object) => Promise<unknown>

/**
 * Stands for the SDK's middleware that finds out where a call goes. The original puts the call's input before the
 * rules of the service, since a table may be named by an ARN with another account in it, and credentials may tell of
 * an account that has a host name of its own. Tables of the functions have plain names and credentials in the
 * environment tell of no account, so the endpoint follows from the client alone: one that was given, one from
 * `AWS_ENDPOINT_URL` or its variant for the service, or that of the region.
 */
export const bindEndpointMiddleware =
  () =>
  ({ config }: { readonly config: Config }) =>
  (next: Handler, context: Context): Handler =>
  async (args) => {
    context.endpointV2 = config.endpointProvider({
      Endpoint: await given(config),
      Region: await config.region(),
      UseFIPS: await config.useFipsEndpoint(),
      UseDualStack: await config.useDualstackEndpoint(),
    })
    return next(args)
  }

async function given(config: Config): Promise<string | undefined> {
  if (!config.endpoint)
    return config.ignoreConfiguredEndpointUrls ? undefined : config.serviceConfiguredEndpoint()
  const { protocol, hostname, port, path } = await config.endpoint()
  return `${protocol}//${hostname}${port ? `:${port}` : ''}${path}`
}
