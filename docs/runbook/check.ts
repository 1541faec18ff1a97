import { type AlarmDefinition, type AlarmName, alarmNamed, alarms, type MetricOf } from '../../common/alarms.ts'
import { liveAlias, names, namespace, priceMetrics } from '../../common/names.ts'
import type { Piece, Runbook, RunbookLanguage } from '../../common/runbook/types.ts'
import type { Page } from './page.ts'

/** What a page says that the alarm list or the names contradict. */
export function problemsOf(name: AlarmName, { front, runbook }: Page, language: RunbookLanguage): string[] {
  const definition = alarmNamed(name)
  if (!definition || front.alarm !== name) return [`it is about ${front.alarm}`]
  const { severity } = definition
  const metrics = front.metrics.map((metric) => `${metric.namespace} ${metric.name}`)
  const own = metricsOf(definition).map((metric) => `${metric.namespace} ${metric.name}`)
  const measured: string[] = Object.values(priceMetrics)
  const branches = runbook.cases.map(({ branch }) => branch)
  return [
    ...(front.severity === severity ? [] : [`the severity is ${severity}, not ${front.severity}`]),
    ...own.filter((metric) => !metrics.includes(metric)).map((metric) => `the metric ${metric} is missing`),
    ...front.metrics
      .filter((metric) => metric.namespace === namespace && !measured.includes(metric.name))
      .map((metric) => `nobody measures ${metric.name}`),
    ...limitsOf(definition, language)
      .filter((limit) => !front.escalateWhen.join('\n').includes(limit))
      .map((limit) => `escalateWhen does not say ${limit}`),
    ...(new Set(branches).size === branches.length ? [] : ['two cases have the same branch']),
    ...piecesOf(runbook).flatMap(({ text }) => unknownIn(text)),
  ]
}

/** What the languages do not have alike. */
export function problemsBetween(en: Page, ja: Page): string[] {
  const shapeOf = ({ front, runbook }: Page) => ({
    metrics: front.metrics,
    logs: front.logs,
    remedies: front.remedies,
    branches: runbook.cases.map(({ branch }) => branch),
    commands: piecesOf(runbook).flatMap(({ kind, text }) => (kind === 'command' ? [text] : [])),
    steps: runbook.firstSteps.map(({ kind }) => kind),
    sentences: [front.whatToLookAt.length, front.escalateWhen.length, front.note !== undefined],
  })
  const [english, japanese] = [shapeOf(en), shapeOf(ja)]
  return Object.keys(english)
    .filter((key) => JSON.stringify(english[key as never]) !== JSON.stringify(japanese[key as never]))
    .map((key) => `the languages differ in their ${key}`)
}

/** Names after options of the AWS CLI that are none of ours, and anything called crypto-watch that does not exist. */
export function unknownIn(text: string): string[] {
  const given = [...text.matchAll(/--(?!query|output)([a-z-]*name[s]?) ([\w./-]+)/g)].map(([, , value = '']) => value)
  const mentioned = text.match(/[\w./-]*crypto-watch[\w./-]*/g) ?? []
  return [...new Set([...given, ...mentioned])]
    .filter((name) => !known.has(name.replace(/^\/aws\/(?:lambda|apigateway)\//, '')))
    .map((name) => `${name} does not exist`)
}

const production = names('prod')
const known: ReadonlySet<string> = new Set([...leaves(production), ...alarms.map(({ name }) => name), liveAlias])

function leaves(value: string | object): string[] {
  return typeof value === 'string' ? [value] : Object.values(value).flatMap(leaves)
}

const piecesOf = ({ intro, firstSteps, cases, impact, communication, escalation }: Runbook): Piece[] => [
  ...intro,
  ...firstSteps,
  ...cases.flatMap(({ pieces }) => pieces),
  ...impact,
  ...communication,
  ...escalation,
]

function metricsOf({ condition }: AlarmDefinition): readonly MetricOf[] {
  switch (condition.kind) {
    case 'percentage':
      return [condition.part, condition.whole]
    case 'sum':
      return condition.metrics
    case 'statistic':
      return [condition.metric]
    default:
      return condition satisfies never
  }
}

const units = {
  en: { '%': ' %', s: ' s', count: '', min: ' min', h: ' h' },
  ja: { '%': '%', s: '秒', count: '', min: '分', h: '時間' },
} as const

/** The limits of an alarm as a sentence has them. */
function limitsOf({ escalate: { above, afterMinutes }, unit }: AlarmDefinition, language: RunbookLanguage): string[] {
  const say = units[language]
  const lasting = afterMinutes % 60 === 0 ? `${afterMinutes / 60}${say.h}` : `${afterMinutes}${say.min}`
  return above === undefined ? [lasting] : [lasting, `${above}${say[unit]}`]
}
