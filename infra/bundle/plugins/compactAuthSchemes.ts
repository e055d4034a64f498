import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/** A case of the generated `switch` over operations that the next case repeats word for word. */
const repeated =
  /(case "\w+":)(\s*\{\s*options\.push\(\w+\(authParameters\)\);\s*break;\s*\}\s*;)(?=\s*case "\w+":\2)/g

/** Joins the cases of operations that sign alike: Cognito's client spells out thirty of them one by one. */
export function compactAuthSchemes(): Plugin {
  return {
    name: 'compact-auth-schemes',
    setup(build) {
      const filter =
        /node_modules[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]auth[\\/]httpAuthSchemeProvider\.js$/
      build.onLoad({ filter }, async ({ path }) => ({ contents: joinCases(await readFile(path, 'utf8')) }))
    },
  }
}

/** Of neighbouring cases with the same body, all but the last fall through to it. */
export const joinCases = (source: string): string => source.replaceAll(repeated, '$1')
