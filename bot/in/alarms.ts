import type { SQSBatchResponse } from 'aws-lambda'
import { describeError } from '../../common/logger.ts'
import { comeAgain, readBatch } from '../../common/sqs-batch.ts'
import { moment } from '../../common/time.ts'
import type { BulletinDeps } from '../bulletin-flow.ts'
import type { FlowDeps } from '../flow.ts'
import { identify } from './alarm-identity.ts'
import { readAlarmMessage } from './alarm-message.ts'
import { tellDeployments } from './tell-bulletins.ts'
import { type Told, tellIncidents } from './tell-incidents.ts'

/**
 * The door for alarms and deployments. A batch is sorted by service, so that forty alarms of one service
 * are one write. What cannot be read or saved goes back to the queue, and from there to the dead letters.
 */
export function createAlarmsDoor(deps: FlowDeps & BulletinDeps & { stage: string }) {
  return async (batch: unknown): Promise<SQSBatchResponse> => {
    const failed = new Set<string>()
    const told: (Told & { messageId: string })[] = []
    for (const { messageId, message } of readBatch(batch)) {
      try {
        if (!message) throw new Error('the record is no queue message')
        const read = eventIn(message.body, deps.stage, moment(deps.clock.now()))
        if ('unrelated' in read) deps.log.info('not ours', { what: read.unrelated })
        else told.push({ ...read, messageId })
      } catch (error) {
        deps.log.error('an alarm message is not readable', { messageId, error: describeError(error) })
        failed.add(messageId)
      }
    }
    for (const { messageId } of (await tellIncidents(deps, told)).keys()) failed.add(messageId)
    for (const { messageId } of (await tellDeployments(deps, told.flatMap(announcedBy))).keys()) failed.add(messageId)
    return comeAgain(failed)
  }
}

/** A deployment is told twice: to the incident of its function, if there is one, and to its message in the feed. */
function announcedBy({ service, event, messageId }: Told & { messageId: string }) {
  if (event.type !== 'deployment-changed' || (service !== 'api' && service !== 'updater')) return []
  return [{ messageId, event: { ...event, role: service } as const }]
}

function eventIn(body: string, stage: string, at: string): Told | { unrelated: string } {
  const message = readAlarmMessage(body, stage)
  switch (message.is) {
    case 'alarm': {
      const { service, change } = identify(message.alarm, stage)
      return { service, event: { type: 'alarm-changed', at, service, alarm: change } }
    }
    case 'deployment': {
      const { role, deployment, state } = message
      return { service: role, event: { type: 'deployment-changed', at, deployment, state } }
    }
    case 'unrelated':
      return { unrelated: message.what }
    default:
      return message satisfies never
  }
}
