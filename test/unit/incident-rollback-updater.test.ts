import { describe, expect, it } from 'vitest'
import { refusal } from '../../bot/incident/when-rollback-asked.ts'
import { at, fires, functionEvidence, later, play, readsEvidence } from '../support/incident-builders.ts'

const source = 'ExternalApiErrorAlarm'

describe('a rollback of the updater', () => {
  const deployed = (createdAt: string) =>
    later(
      play(fires(source, at('03:10'))),
      readsEvidence(at('03:10'), {
        functions: {
          updater: functionEvidence({
            deployments: [{ id: 'd-42', status: 'Succeeded', createdAt, from: '41', to: '42' }],
          }),
        },
      }),
    )

  it.each([
    ['until it is known what was deployed', play(fires(source, at('03:10'))), 'evidence-missing'],
    ['when that could not be read', play(fires(source, at('03:10')), readsEvidence(at('03:10'))), 'evidence-missing'],
    ['a day and a second after the deployment', deployed('2026-11-22T03:09:59.000Z'), 'deployment-unlikely'],
    ['when the deployment came after the alarm', deployed(at('03:11')), 'deployment-unlikely'],
    ['a day after the deployment', deployed('2026-11-22T03:10:00.000Z'), undefined],
    ['minutes after the deployment', deployed(at('03:00')), undefined],
  ])('%s: %s', (_title, incident, why) => {
    expect(refusal(incident)).toBe(why)
  })

  it('that of the API is offered whenever it was deployed', () => {
    const evidence = { functions: { api: functionEvidence({ deployments: [] }) } }
    expect(refusal(play(fires('LambdaErrorAlarm', at('03:00'))))).toBeUndefined()
    expect(refusal(play(fires('LambdaErrorAlarm', at('03:00')), readsEvidence(at('03:00'), evidence)))).toBeUndefined()
  })
})
