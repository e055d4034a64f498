interface Selectors<T> {
  readonly environmentVariableSelector: (env: NodeJS.ProcessEnv, options: Options) => T | undefined
  readonly default: T | (() => T | Promise<T>)
}
interface Options {
  readonly signingName?: string
  readonly logger?: unknown
}

/**
 * Stands for the SDK's loader of one setting: the environment, then the default. The original also looks
 * into `~/.aws/config`, which a Lambda has not: that costs two reads and an exception for each setting.
 * The value is looked up once, at the first call, as in the original.
 */
export function loadConfig<T>(selectors: Selectors<T>, options: Options = {}): () => Promise<T> {
  let value: Promise<T> | undefined
  return () => {
    value ??= resolve(selectors, options)
    return value
  }
}

async function resolve<T>(selectors: Selectors<T>, options: Options): Promise<T> {
  const found = fromEnvironment(selectors, options)
  if (found !== undefined) return found
  const fallback = selectors.default
  return fallback instanceof Function ? fallback() : fallback
}

function fromEnvironment<T>(selectors: Selectors<T>, options: Options): T | undefined {
  try {
    return selectors.environmentVariableSelector(process.env, options)
  } catch {
    // The SDK passes over a variable that it cannot parse, too.
    return undefined
  }
}
