import { docsAssets, docsFolder } from '../../shared/api/docsAssets.ts'
import { languages } from '../../shared/api/languages.ts'
import { openApi } from '../../shared/api/openapi.ts'
import { routes } from '../../shared/api/routes.ts'
import { titlesFile } from '../../shared/i18n/problems.ts'
import { catalogueOf } from '../../shared/mail/catalogues.ts'

/**
 * Module that reads files at run time → those files. They lie at the same paths beside each bundle that has the
 * module in it; the licence and notice go with what they are about.
 */
export const filesBeside: Readonly<Record<string, readonly string[]>> = {
  'shared/world/docsFiles.ts': [...Object.keys(docsAssets), 'LICENSE', 'NOTICE'].map(
    (file) => `${docsFolder}/${file}`,
  ),
  'shared/i18n/problems.ts': [titlesFile],
}

/** The files that a bundle made of `modules` reads. */
export const filesReadBy = (modules: readonly string[]): readonly string[] =>
  modules.flatMap((module) => filesBeside[module] ?? [])

export const openApiFile = 'openapi.json'

/** What mails say in a language, compiled. */
export const catalogueFile = (language: string): string => `mail/${language}.json`

/** Module that the build replaces by one that reads files → those files and their content. */
const filesMade: Readonly<Record<string, () => readonly (readonly [string, object])[]>> = {
  // Its server is the deployment's, which only the function knows.
  'shared/world/openApiDocument.ts': () => [[openApiFile, openApi(routes, '')]],
  'shared/mail/catalogues.ts': () =>
    languages.map((language) => [catalogueFile(language), catalogueOf(language)]),
}

/** Files beside a bundle that has `modules` in it which the build makes; path to content. */
export const filesMadeFor = (modules: readonly string[]): readonly (readonly [string, Buffer])[] =>
  modules
    .flatMap((module) => filesMade[module]?.() ?? [])
    .map(([path, content]) => [path, Buffer.from(JSON.stringify(content))])
