/** Files of the package `swagger-ui-dist` that the documentation page loads, with their media types. */
export const docsAssets = {
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
} as const
export type DocsAsset = keyof typeof docsAssets

/** Folder of those files, from the root of the code: the repository's, or the deployed function's. */
export const docsFolder = 'node_modules/swagger-ui-dist'
