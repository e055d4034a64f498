/** Stands for the SDK's adaptive retries, an experiment that one must ask for (`AWS_RETRY_MODE=adaptive`); nobody does. */
export class AdaptiveRetryStrategy {
  constructor() {
    throw new Error('Adaptive retries are not part of the function bundles: set AWS_RETRY_MODE to standard')
  }
}
