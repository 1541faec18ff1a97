import { parseArgs } from 'node:util'
import { type StageName, stageNames } from '../stages.ts'

/** A command was called in a way it does not understand; the message says how to call it. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** Whoever called a command wants to know how; the message says it. */
export class HelpAsked extends Error {
  override name = 'HelpAsked'
}

interface Option {
  type: 'string' | 'boolean'
  /** What it does, for the help. */
  says: string
  /** What stands for its value in the help. */
  value?: string
}

export type Options = Readonly<Record<string, Option>>
type Values<O extends Options> = { [K in keyof O]?: O[K]['type'] extends 'boolean' ? boolean : string }

const stageOption = { type: 'string', says: `${stageNames.join(' or ')}; there is no default`, value: 'stage' } as const
const helpOption = { type: 'boolean', says: 'says this' } as const
const withOwn = (options: Options): Options => ({ stage: stageOption, ...options, help: helpOption })

/** How to call a command, one line for each option. */
export function usage(command: string, options: Options): string {
  const shown = Object.entries(withOwn(options)).map(([name, { says, value }]) => {
    const option = value === undefined ? `--${name}` : `--${name} <${value}>`
    return `  ${option.padEnd(34)} ${says}`
  })
  return [`npm run ${command} -- --stage <stage>`, ...shown].join('\n')
}

/** Reads the arguments of a command that works on one stage. Throws `UsageError` with the help for what it does not know, and `HelpAsked` for `--help`. */
export function readArguments<O extends Options>(
  command: string,
  options: O,
  args: readonly string[],
): Values<O> & { stage: StageName } {
  const wrong = (text: string) => new UsageError(`${text}\n${usage(command, options)}`)
  const types = Object.fromEntries(Object.entries(withOwn(options)).map(([name, { type }]) => [name, { type }]))
  let values: Record<string, unknown>
  try {
    values = parseArgs({ args: [...args], options: types, strict: true }).values
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error))
  }
  const { stage, help, ...others } = values
  if (help) throw new HelpAsked(usage(command, options))
  if (!isStage(stage)) throw wrong(stage === undefined ? 'Which stage?' : `There is no stage ${stage}.`)
  return { ...(others as Values<O>), stage }
}

const isStage = (name: unknown): name is StageName => stageNames.some((each) => each === name)

/** Runs a command: its result becomes the exit code; what a person can set right is told without a stack. */
export async function runCommand(work: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await work()) ? 0 : 1
  } catch (error) {
    if (error instanceof HelpAsked) return console.log(error.message)
    if (!(error instanceof UsageError)) throw error
    console.error(error.message)
    process.exitCode = 2
  }
}
