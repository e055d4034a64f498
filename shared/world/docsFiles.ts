import { type DocsAsset, docsAssets, docsFolder } from '../api/docsAssets.ts'
import { docsStart } from '../api/docsPage.ts'
import { codeFile } from './codeFiles.ts'

/** An asset of the documentation page: bytes and media type. */
export const docsFile = (name: DocsAsset | 'start.js') =>
  name === 'start.js'
    ? { bytes: Buffer.from(docsStart), mediaType: docsAssets['swagger-ui-bundle.js'] }
    : { bytes: codeFile(`${docsFolder}/${name}`), mediaType: docsAssets[name] }
