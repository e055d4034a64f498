/**
 * The parts of chrono-node that read days in words: months, weekdays, durations. The package offers whole locales
 * only, with times, zones and everything else (47 kB minified; these are 20), so the parts are named by their files.
 */
import { type Parser, ParsingContext } from '../../../node_modules/chrono-node/dist/esm/chrono.js'
import DayMonth from '../../../node_modules/chrono-node/dist/esm/locales/en/parsers/ENMonthNameLittleEndianParser.js'
import MonthDay from '../../../node_modules/chrono-node/dist/esm/locales/en/parsers/ENMonthNameMiddleEndianParser.js'
import Within from '../../../node_modules/chrono-node/dist/esm/locales/en/parsers/ENTimeUnitWithinFormatParser.js'
import Weekday from '../../../node_modules/chrono-node/dist/esm/locales/en/parsers/ENWeekdayParser.js'
import { ParsingResult } from '../../../node_modules/chrono-node/dist/esm/results.js'

const isStrict = false
const parsers = {
  month: [new DayMonth(), new MonthDay(false)],
  weekday: [new Weekday()],
  duration: [new Within(isStrict)],
} satisfies Record<string, Parser[]>

export type Form = keyof typeof parsers
type Component = Parameters<ParsingResult['start']['get']>[0]

/** A day that a text seems to name, with what chrono read. */
export interface Mention {
  readonly form: Form
  readonly start: number
  readonly text: string
  /** The part's value when the text names it or it follows from the text. */
  readonly get: (component: Component) => number
  readonly names: (component: Component) => boolean
  readonly isRange: boolean
}

/** Every match of one parser, as chrono itself walks through a text. */
function* matches(parser: Parser, context: ParsingContext): Generator<ParsingResult> {
  for (let from = 0; ; ) {
    const match = parser.pattern(context).exec(context.text.slice(from))
    if (match === null) return
    match.index += from
    const found = parser.extract(context, match)
    const result =
      found instanceof ParsingResult || found === null
        ? found
        : context.createParsingResult(match.index, match[0], found)
    from = result === null ? match.index + 1 : result.index + result.text.length
    if (result !== null) yield result
  }
}

/**
 * Days that `text` mentions, seen from the date `today`, in no order and perhaps overlapping. Chrono calculates in
 * the machine's zone; noon exists in each on every day to come, so whole days come out the same everywhere.
 */
export const mentionsIn = (text: string, today: string): Mention[] => {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number)
  const context = new ParsingContext(text, new Date(year, month - 1, day, 12))
  return (Object.keys(parsers) as Form[]).flatMap((form) =>
    parsers[form].flatMap((parser) =>
      Array.from(matches(parser, context), (result) => mention(form, result)),
    ),
  )
}

const mention = (form: Form, { index, text, start, end }: ParsingResult): Mention => ({
  form,
  start: index,
  text,
  get: (component) => start.get(component) ?? Number.NaN,
  names: (component) => start.isCertain(component),
  isRange: Boolean(end),
})
