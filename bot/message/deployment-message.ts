import { msBetween } from '../../common/time.ts'
import { type DeploymentFacts, hasEnded } from '../bulletin/deployment.ts'
import { type DeploymentState, deploymentState } from '../bulletin/deployment-state.ts'
import { context, header, type Message, message, present, section, sectionOf } from './blocks.ts'
import { commitLink, compareLink } from './compare-link.ts'
import { code, data, duration, escaped, plain, quantity, when } from './format.ts'
import { type Look, person, words } from './look.ts'
import { functionName, version } from './refusals.ts'

const signs: Record<DeploymentState, string> = {
  created: '🚀',
  started: '🚀',
  canary: '🐤',
  succeeded: '✅',
  stopped: '🛑',
  failed: '❌',
  undoing: '↩️',
  undone: '↩️',
  undoFailed: '🚨',
  takenBack: '↩️',
  lost: '❔',
}

/** A deployment, from its start to what became of it. */
export function deploymentMessage(facts: DeploymentFacts, look: Look, link: string | undefined): Message {
  const { deploy: say } = words(look)
  const state = deploymentState(facts)
  const told = state === 'canary' ? say.states.canary(share(facts, look)) : say.states[state]
  const headline = say.headline(say.names[facts.role], versions(facts, look), told)
  const about = [functionName(facts.role, look), commitOf(facts, look), compareLink(facts.commits, say.compare, look)]
  return message(`${signs[state]} ${present([headline, authorOf(facts)]).join(' · ')}`, [
    header(`${signs[state]} ${headline}`),
    section(present(about).join(' · '), timesOf(facts, look)),
    ...sectionOf([...outcomeLines(facts, look), incidentLine(facts, look, link)]),
    context(say.id(code(facts.deployment))),
  ])
}

const share = ({ canaryPercent = 0 }: DeploymentFacts, look: Look) => quantity(canaryPercent, '%', look.language)

/** Where Slack reads no markup. */
function versions({ from, to }: DeploymentFacts, look: Look): string {
  const known = [from, to].flatMap((each) => (each === undefined ? [] : [`v${plain(each, 20)}`]))
  return known.length === 0 ? words(look).deploy.unknownVersions : known.join(' → ')
}

const authorOf = ({ author }: DeploymentFacts) => author && data(author, 60)

/** Commit, author and the first line of what was changed, as far as they are known. */
function commitOf(facts: DeploymentFacts, look: Look): string {
  const { commit, subject } = facts
  const shown = commit && (commitLink(commit, look) ?? code(commit, 10))
  return words(look).rollback.commit(shown, authorOf(facts), subject && data(subject, 120))
}

function timesOf({ startedAt, endedAt }: DeploymentFacts, look: Look): string | undefined {
  const { deploy: say } = words(look)
  if (startedAt === undefined) return undefined
  const span = endedAt === undefined ? undefined : say.took(duration(msBetween(startedAt, endedAt), look.language))
  return present([say.started(when(startedAt)), span]).join(' · ')
}

function outcomeLines(facts: DeploymentFacts, look: Look): (string | undefined)[] {
  const { deploy: say } = words(look)
  return [ownEnd(facts, look), undoLine(facts, look), takenBackLine(facts, look), facts.lost ? say.lost : undefined]
}

/** How the deployment itself ended. */
function ownEnd(facts: DeploymentFacts, look: Look): string | undefined {
  const { deploy: say } = words(look)
  const { status, to, endedAt, takenBack } = facts
  const at = endedAt && when(endedAt)
  switch (status) {
    case 'created':
    case 'started':
      return undefined
    case 'succeeded':
      // Once it was taken back it has the traffic no more, and the headline says so.
      return takenBack || to === undefined ? undefined : say.succeeded(version(to), at)
    case 'stopped':
      return say.stopped(at, whyOf(facts, look))
    case 'failed':
      return say.failed(at, whyOf(facts, look))
    default:
      return status satisfies never
  }
}

/** CodeDeploy's reason; where alarms rang, their names alone. */
function whyOf({ error }: DeploymentFacts, look: Look): string | undefined {
  if (!error) return undefined
  const alarms = error.code === 'ALARM_ACTIVE' ? /<([^<>]{1,300})>/.exec(error.message)?.[1] : undefined
  return alarms === undefined ? data(error.message, 300) : words(look).deploy.alarmsRang(data(alarms, 200))
}

function undoLine({ undoneBy, from }: DeploymentFacts, look: Look): string | undefined {
  if (!undoneBy) return undefined
  const { deploy: say } = words(look)
  const { status, startedAt, endedAt } = undoneBy
  const [name, back] = [code(undoneBy.deployment), version(from ?? '?')]
  if (!hasEnded({ status })) return say.undoing(back, name, startedAt && when(startedAt))
  const at = endedAt && when(endedAt)
  if (status !== 'succeeded') return say.undoFailed(name, at)
  const span = startedAt && endedAt ? duration(msBetween(startedAt, endedAt), look.language) : undefined
  const undone = say.undone(back, name, at)
  return span === undefined ? undone : say.sentence(undone, say.took(span))
}

function takenBackLine({ takenBack }: DeploymentFacts, look: Look): string | undefined {
  if (!takenBack) return undefined
  const { deploy: say } = words(look)
  const { from, to, by, at, outcome } = takenBack
  return say.sentence(say.takenBack(version(from), version(to), person(by), when(at)), say.outcomes[outcome])
}

function incidentLine({ incident }: DeploymentFacts, look: Look, link: string | undefined): string | undefined {
  if (!incident) return undefined
  const { deploy: say } = words(look)
  const isLink = link !== undefined && /^https?:\/\/[^\s<>|]{1,1000}$/.test(link)
  const thread = isLink ? `<${escaped(link)}|${say.thread}>` : undefined
  return say.incident(present([code(incident.id, 200), thread]).join(' · '))
}
