import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { filesBeside, filesReadBy } from '../../../infra/bundle/filesBeside.ts'
import { docsAssets } from '../../../shared/api/docsAssets.ts'

it('modules that read files, and those files, exist', () => {
  const named = [...Object.keys(filesBeside), ...Object.values(filesBeside).flat()]
  expect(named.length).toBeGreaterThan(4)
  expect(named.filter((file) => !existsSync(file))).toEqual([])
})

it('a bundle gets the files of the modules in it and no others', () => {
  const read = filesReadBy(['functions/getDocsAsset.ts', 'shared/world/docsFiles.ts'])
  for (const asset of Object.keys(docsAssets)) expect(read.join()).toContain(asset)
  expect(read.join()).not.toContain('i18n')
  expect(filesReadBy(['shared/i18n/problems.ts'])).toEqual(['shared/i18n/problemTitles.json'])
  expect(filesReadBy(['functions/getTask.ts'])).toEqual([])
})
