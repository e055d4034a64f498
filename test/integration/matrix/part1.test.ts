import { testPart } from '../../support/matrix/part.ts'

testPart(1)
