/** Stands for the SDK's masking of secrets in what it logs; the middleware that logs is not part of the bundles. */
export const schemaLogFilter = (): string => '***SensitiveInformation***'
