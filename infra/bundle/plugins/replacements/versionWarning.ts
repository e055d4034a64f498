/** Stands for the SDK's warning about old versions of Node; Lambda's is fixed by the deployment. */
export const state = { warningEmitted: false }
export const emitWarningIfUnsupportedVersion = (): void => undefined
