import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DocsAsset, docsAssets, docsFolder } from '../api/docsAssets.ts'
import { docsStart } from '../api/docsPage.ts'

/** Lambda names the folder of a function's code; everywhere else the process runs at the repository's root. */
const codeRoot = (): string => process.env.LAMBDA_TASK_ROOT ?? process.cwd()

/** An asset of the documentation page: bytes and media type. */
export const docsFile = (name: DocsAsset | 'start.js') =>
  name === 'start.js'
    ? { bytes: Buffer.from(docsStart), mediaType: docsAssets['swagger-ui-bundle.js'] }
    : { bytes: readFileSync(join(codeRoot(), docsFolder, name)), mediaType: docsAssets[name] }
