// Prints the counts of a Vitest JSON report as one plain line.
import { readFileSync } from 'node:fs'

const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
console.info(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`)
