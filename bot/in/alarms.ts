import type { SQSBatchResponse } from 'aws-lambda'
import { describeError } from '../../common/logger.ts'
import { comeAgain, readBatch } from '../../common/sqs-batch.ts'
import { moment } from '../../common/time.ts'
import { type FlowDeps, handle } from '../flow.ts'
import type { IncidentEvent } from '../incident/event.ts'
import { identify } from './alarm-identity.ts'
import { readAlarmMessage } from './alarm-message.ts'

/**
 * The door for alarms and deployments. A batch is sorted by service, so that forty alarms of one service
 * are one write. What cannot be read or saved goes back to the queue, and from there to the dead letters.
 */
export function createAlarmsDoor(deps: FlowDeps & { stage: string }) {
  return async (batch: unknown): Promise<SQSBatchResponse> => {
    const failed = new Set<string>()
    const byService = new Map<string, { messages: string[]; events: IncidentEvent[] }>()
    for (const { messageId, message } of readBatch(batch)) {
      try {
        if (!message) throw new Error('the record is no queue message')
        const told = eventIn(message.body, deps.stage, moment(deps.clock.now()))
        if ('unrelated' in told) {
          deps.log.info('not ours', { what: told.unrelated })
          continue
        }
        const group = byService.get(told.service) ?? { messages: [], events: [] }
        byService.set(told.service, group)
        group.messages.push(messageId)
        group.events.push(told.event)
      } catch (error) {
        deps.log.error('an alarm message is not readable', { messageId, error: describeError(error) })
        failed.add(messageId)
      }
    }
    for (const [service, { messages, events }] of byService) {
      try {
        await handle(deps, { service }, events)
      } catch (error) {
        deps.log.error('alarms could not be taken in', { service, error: describeError(error) })
        for (const message of messages) failed.add(message)
      }
    }
    return comeAgain(failed)
  }
}

type Told = { service: string; event: IncidentEvent } | { unrelated: string }

function eventIn(body: string, stage: string, at: string): Told {
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
