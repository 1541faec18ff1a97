import * as z from 'zod'

/** A line of a function's log, as CloudWatch Logs hands it over. */
export interface LogLine {
  /** Which function wrote it. */
  role: 'api' | 'updater'
  at: string
  stream: string
  message: string
}

/** What a line tells of an error. */
export interface Told {
  level: 'error' | 'warning'
  text: string
  /** One failure may be told twice, by our own code and by Lambda. */
  by: 'code' | 'lambda'
  /** What the line says of itself besides; where such a value is in the text too, it is no part of its shape. */
  values: string[]
}

const Thrown = z.object({ errorType: z.string().optional(), errorMessage: z.string() })

/** A line of our logger, or one of Lambda where its log is set to JSON. */
const Printed = z.looseObject({
  level: z.string(),
  message: z.union([z.string(), Thrown]),
  error: z.string().optional(),
})

const ofThrown = ({ errorType = 'Error', errorMessage }: z.output<typeof Thrown>): string =>
  `${errorType}: ${errorMessage}`

/** Stack traces are left out, and so is the rest of a line that is longer than anybody reads. */
const told = (level: Told['level'], text: string, by: Told['by'], values: string[] = []): Told => ({
  level,
  by,
  text: text.slice(0, 1_000).replace(/\s+/g, ' ').trim(),
  values,
})

const mostValues = 20

/** Details of a line that are short enough to be a value in its text. */
const valuesOf = (details: Record<string, unknown>): string[] =>
  Object.values(details)
    .filter((value): value is string => typeof value === 'string' && /^[\w-]{2,40}$/.test(value))
    .slice(0, mostValues)

/** Reads what a line says of an error; undefined when it says nothing of any. */
export function readLine(message: string): Told | undefined {
  const thrown = /\tERROR\t[A-Z][A-Za-z ]{0,40}\t(\{.*\})\s*$/s.exec(message)?.[1]
  if (thrown !== undefined) {
    const parsed = Thrown.safeParse(readJson(thrown))
    return parsed.success ? told('error', ofThrown(parsed.data), 'lambda') : undefined
  }
  const late = /^\S{20,40} \S{8,60} (Task timed out after [\d.]+ seconds)/.exec(message)?.[1]
  if (late !== undefined) return told('error', late, 'lambda')
  const ended = /^RequestId: \S{1,60} Error: ([^\n]+)\n([\w.]+)/.exec(message)
  if (ended !== null) return told('error', `${ended[2]}: ${ended[1]}`, 'lambda')
  const parsed = Printed.safeParse(readJson(message))
  if (!parsed.success) return undefined
  const { level, message: said, error, service: _service, ...details } = parsed.data
  if (typeof said !== 'string') return level === 'ERROR' ? told('error', ofThrown(said), 'lambda') : undefined
  if (level !== 'ERROR' && level !== 'WARN') return undefined
  return told(level === 'ERROR' ? 'error' : 'warning', error ?? said, 'code', valuesOf(details))
}

/** Lambda names the streams of a function's log `<day>/[<version>]<environment>`. */
export const versionOf = (stream: string): string | undefined => /\/\[(\d{1,10})\]/.exec(stream)?.[1]

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
