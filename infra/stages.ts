import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { atStage } from '../common/names.ts'

export const stageNames = ['staging', 'prod'] as const
export type StageName = (typeof stageNames)[number]

const SlackId = z.string().regex(/^[SUW][A-Z0-9]{6,}(,[UW][A-Z0-9]{6,})*$/, {
  error: 'expected the id of a Slack user group, as in S0ABC12DEF, or ids of users separated by commas',
})
const Channel = z.string().regex(/^(#[a-z0-9._-]{1,80}|[CG][A-Z0-9]{6,})$/, {
  error: 'expected a Slack channel, as in #crypto-watch-alerts, or its id',
})

const StageSettings = z.strictObject({
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'expected an AWS region, as in ap-northeast-1'),
  /** Gets Critical and High alarms straight from CloudWatch, whether the bot works or not. */
  alarmMail: z.array(z.email()).min(1),
  /** Gets the bot's mails to management: a decision is asked. */
  managerMail: z.array(z.email()).min(1),
  /** Gets the alarms of the bot itself. */
  healthMail: z.array(z.email()).min(1),
  /** The repository on GitHub: alarms link to its runbook, and its workflow may deploy. */
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'expected owner/name, as in your-organisation/crypto-watch'),
  slack: z.strictObject({
    language: z.enum(['en', 'ja']),
    oncall: SlackId,
    developers: SlackId,
    managers: SlackId,
    channels: z.strictObject({ alerts: Channel, dev: Channel, incidents: Channel, deploys: Channel }),
  }),
  officeHours: z.string().optional(),
  /** Whether CoinGecko is asked with a key, which then stands in a secret. */
  coinGeckoKey: z.boolean(),
  /** Concurrent executions that are kept for the API. A new account has ten in all and can reserve none. */
  apiReservedConcurrency: z.int().min(1).optional(),
  logDays: z.union([7, 14, 30, 60, 90, 180, 365].map((days) => z.literal(days))),
})
export type StageSettings = z.output<typeof StageSettings>

const Stages = z.strictObject({ staging: StageSettings, prod: StageSettings })
export type Stages = z.output<typeof Stages>

/** Reads the settings of all stages; throws one error that lists every problem by its place. */
export function readStages(json: string): Stages {
  const parsed = Stages.safeParse(JSON.parse(json))
  if (parsed.success) return parsed.data
  throw new Error(`infra/stages.json is wrong:\n${z.prettifyError(parsed.error)}`)
}

export const stagesFile = new URL('stages.json', import.meta.url)
export const ownStages = (): Stages => readStages(readFileSync(stagesFile, 'utf8'))

/** Values that came with the repository and would reach nobody. */
export function samplesIn(settings: StageSettings): string[] {
  const values = (value: unknown): string[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(values) : [String(value)]
  return values(settings).filter((value) => /example\.com|EXAMPLE|your-organisation/.test(value))
}

/** Where the runbook of an alarm is read, in the language that the stage's people speak. */
export const runbookUrl = ({ repository, slack }: Pick<StageSettings, 'repository' | 'slack'>, alarm: string): string =>
  `https://github.com/${repository}/blob/main/docs/runbook/${slack.language}/${alarm}.md`

/** Where the CDK leaves templates and bundles. */
export const templatesFolder = fileURLToPath(new URL('../cdk.out', import.meta.url))

/** The stacks of a stage in the order in which they are deployed. */
export const stacksOf = (stage: string): string[] =>
  ['alarms', 'service', 'bot'].map((part) => atStage(`crypto-watch-${part}`, stage))

/** The role that the workflow deploys with. It is made once, by hand, and no deployment changes it. */
export const deployerStackOf = (stage: string): string => atStage('crypto-watch-deployer', stage)
