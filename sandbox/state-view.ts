import type { Incident } from '../bot/incident/incident.ts'
import type { Sandbox } from './sandbox.ts'

/** The whole system at a glance, for people, pages and scripts. */
export async function stateOf(sandbox: Sandbox) {
  const { cloud, clock, incidents } = sandbox
  const { queues, deadLetters, functions } = cloud.names
  const waiting = (name: string) => {
    const { visible, inFlight, delayed } = cloud.queues.counts(name)
    return visible + inFlight + delayed
  }
  const dead = Object.values(deadLetters).reduce((sum, name) => sum + waiting(name), 0)
  return {
    incidents: (await incidents.all()).map(incidentView),
    aliases: Object.fromEntries(
      Object.values(functions).map((name) => {
        const { version, weights } = cloud.functions.alias(name)
        return [name, { version, weights }]
      }),
    ),
    alarms: Object.fromEntries(cloud.alarms.describe().map(({ alarm, state }) => [alarm.name, state.value])),
    queues: {
      alarms: waiting(queues.alarms),
      sender: waiting(queues.sender),
      worker: waiting(queues.worker),
      evidence: waiting(queues.evidence),
      remedy: waiting(queues.remedy),
      mailer: waiting(queues.mailer),
      deadLetters: dead,
    },
    clock: { now: clock.now().toISOString(), speed: clock.speed() },
  }
}

function incidentView(incident: Incident) {
  const { id, service, status, severity, alarms, escalation, rollback, message } = incident
  return {
    id,
    service,
    status,
    severity,
    alarms: Object.keys(alarms),
    escalation: { level: escalation.level, nextDue: 'due' in escalation.next ? escalation.next.due : null },
    rollback: { status: rollback?.status ?? 'none', from: rollback?.from ?? null, to: rollback?.to ?? null },
    slack: { channel: message?.channel ?? null, ts: message?.ts ?? null },
  }
}
