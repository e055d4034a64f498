import { readFileSync } from 'node:fs'
import { problemTitles } from '../../shared/i18n/problems.ts'

/** Titles of problems as the functions have them; tests run at the repository's root. */
export const problemTitle = problemTitles((path) => readFileSync(path, 'utf8'))
