import { z } from 'zod'
import { liveAlias } from '../../common/names.ts'
import type { LoggedCall } from '../cloud/call-log.ts'
import type { Cloud } from '../cloud/cloud.ts'
import type { Deployment } from '../cloud/deployments.ts'
import type { AlarmTurn, AliasMove } from '../cloud/happening.ts'
import type { Journal, Told } from './journal.ts'
import { authorOf, shareWords } from './version-words.ts'

const Patches = z.array(z.object({ path: z.string(), value: z.string().optional() }))

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Whether a key is enabled is worth telling; of its other fields only that they are changed. */
function patchWords(operations: unknown): string {
  const patches = Patches.safeParse(operations)
  if (!patches.success) return ''
  return patches.data.map(({ path, value }) => (path === '/enabled' ? `enabled: ${value}` : path.slice(1))).join(', ')
}

function aboutKey({ operation, input }: LoggedCall): string {
  const key = text(input.apiKey)
  switch (operation) {
    case 'GetApiKeys':
      return '(which keys are there?)'
    case 'GetApiKey':
      return `${key} (what is it like?)`
    case 'UpdateApiKey':
      return `${key} (${patchWords(input.patchOperations)})`
    case 'CreateApiKey':
      return text(input.name)
    case 'GetUsagePlans':
      return '(which plans are there?)'
    case 'CreateUsagePlanKey':
      return `${text(input.keyId)} → ${text(input.usagePlanId)}`
    default:
      return key
  }
}

/** What a call is about, for those who read AWS and change it; nothing for the rest. */
function aboutCall(call: LoggedCall): string | undefined {
  const { service, operation, input } = call
  if (service === 'apigateway') return aboutKey(call)
  if (service !== 'lambda' && service !== 'codedeploy' && service !== 'cloudwatch') return undefined
  const name = text(input.FunctionName)
  const { deploymentId } = input
  switch (operation) {
    case 'UpdateAlias':
      return `${name} → v${text(input.FunctionVersion)}`
    case 'GetAlias':
      return `${name} (which version is ${liveAlias}?)`
    case 'ListVersionsByFunction':
      return `${name} (which versions are there?)`
    case 'GetFunctionConfiguration':
      return `${name} (is v${text(input.Qualifier)} still there?)`
    case 'Invoke':
      return `${name} (does it answer?)`
    case 'GetFunctionConcurrency':
      return `${name} (how much is reserved?)`
    case 'PutFunctionConcurrency':
      return `${name} → ${Number(input.ReservedConcurrentExecutions)}`
    case 'GetAccountSettings':
      return '(what does the account allow?)'
    case 'ListDeployments':
      return '(what was deployed lately?)'
    case 'BatchGetDeployments':
      return '(what came of it?)'
    case 'GetDeployment':
      return `${text(deploymentId)} (has it ended?)`
    case 'StopDeployment':
      return text(deploymentId)
    case 'GetMetricData':
      return '(what do the numbers say?)'
    case 'DescribeAlarms':
      return '(which alarms ring?)'
    default:
      return name
  }
}

function ofCall(call: LoggedCall, isQuiet: () => boolean): Told | undefined {
  // The sweep asks for the alarms each minute; that is worth telling while one rings.
  if (call.operation === 'DescribeAlarms' && call.outcome === '200' && isQuiet()) return undefined
  const about = aboutCall(call)
  if (about === undefined) return undefined
  const { operation, outcome } = call
  const isFine = /^2\d\d$/.test(outcome)
  const ends = isFine ? '' : ` → ${/^\d+$/.test(outcome) ? `refused with ${outcome}` : outcome}`
  return { kind: isFine ? 'aws' : 'trouble', text: `AWS: ${operation} ${about}${ends}` }
}

const ofTurn = ({ alarm, to, told }: AlarmTurn): Told => ({
  kind: 'alarm',
  text: `${alarm} turned ${to} → ${told ? 'SNS topic → alarms queue' : 'nobody was told; the sweep will notice'}`,
})

function ofMove({ function: name, to, by }: AliasMove): Told | undefined {
  // The client's call is told as a call.
  if (by === 'a client') return undefined
  const who = by === 'CodeDeploy' ? 'CodeDeploy' : 'An operator outside the bot'
  return { kind: 'world', text: `${who} pointed ${liveAlias} of ${name} at ${shareWords(to)}` }
}

function ofDeployment(deployment: Deployment): Told | undefined {
  const { targetVersion, status, creator, description, error, id } = deployment
  const by = authorOf(description)
  const what = creator === 'user' ? `the deployment of v${targetVersion}` : `its own rollback to v${targetVersion}`
  const details = { deployment: id, function: deployment.function }
  switch (status) {
    case 'Created':
      return undefined
    case 'InProgress':
      return { kind: 'world', text: `CodeDeploy began ${what}${by ? ` by ${by}` : ''} → SNS topic`, details }
    case 'Succeeded':
      return { kind: 'world', text: `CodeDeploy finished ${what}`, details }
    case 'Failed':
      return { kind: 'world', text: `CodeDeploy failed at ${what}: ${error?.code ?? 'no reason given'}`, details }
    case 'Stopped': {
      const why = error?.code === 'ALARM_ACTIVE' ? 'an alarm rings' : 'somebody asked for it'
      return { kind: 'world', text: `CodeDeploy stopped ${what}, because ${why}`, details }
    }
    default:
      return status satisfies never
  }
}

/** Tells the journal what happens in the simulated cloud. */
export function tellCloud(journal: Journal, cloud: Pick<Cloud, 'subscribe' | 'alarms'>): void {
  const isQuiet = () => cloud.alarms.describe().every(({ state }) => state.value !== 'ALARM')
  const told = (happening: Parameters<Parameters<Cloud['subscribe']>[0]>[0]): Told | undefined => {
    switch (happening.kind) {
      case 'alarm-turned':
        return ofTurn(happening)
      case 'alias-moved':
        return ofMove(happening)
      case 'deployment-changed':
        return ofDeployment(happening.deployment)
      case 'called':
        return ofCall(happening.call, isQuiet)
      default:
        return happening satisfies never
    }
  }
  cloud.subscribe((happening) => {
    const entry = told(happening)
    if (entry) journal.add(entry)
  })
}
