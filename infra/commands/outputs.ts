import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { type StageName, stacksOf, templatesFolder } from '../stages.ts'
import { UsageError } from './arguments.ts'

/** Where `npm run deploy` leaves what CloudFormation answered. */
export const outputsFile = (stage: StageName): string => join(templatesFolder, `outputs-${stage}.json`)

const Outputs = z.record(z.string(), z.record(z.string(), z.string()))

/** An output of a stage's stacks, as the last deployment from this machine left it. */
export function readOutputs(stage: StageName): Record<string, string> {
  try {
    const byStack = Outputs.parse(JSON.parse(readFileSync(outputsFile(stage), 'utf8')))
    return Object.assign({}, ...stacksOf(stage).map((stack) => byStack[stack] ?? {}))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new UsageError(`This machine has not deployed ${stage}. Run npm run deploy -- --stage ${stage} first.`)
    throw error
  }
}
