import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { FirstMinute } from '../../sandbox/page/client/room/first-minute.tsx'
import { progressOf } from '../../sandbox/page/client/room/first-minute-steps.ts'
import type { IncidentView, Room } from '../../sandbox/room/room.ts'
import { anIncident, aRoom } from './room-builders.ts'

const draw = (incidents: IncidentView[], { me = 'U0AIKO00001', ...room }: Partial<Room> & { me?: string } = {}) =>
  renderToStaticMarkup(
    <FirstMinute
      room={aRoom({ incidents, ...room })}
      me={me}
      onOpen={() => undefined}
      onActAs={() => undefined}
      act={async () => ({ ok: true })}
    />,
  )
const buttons = (html: string) => [...html.matchAll(/<button[^>]*>([^<]*)<\/button>/g)].map(([, text]) => text)
const currentStep = (html: string) => /aria-current="step">.*?<p>([^<]*)/.exec(html)?.[1]

describe('how far a visitor has come', () => {
  it.each<[string, IncidentView[], 1 | 2 | 3 | 'over']>([
    ['nothing has happened', [], 1],
    ['another service is in trouble', [anIncident({ service: 'table' })], 1],
    ['the message is not up yet', [anIncident({ slack: { channel: null, ts: null } })], 1],
    ['the message is up', [anIncident()], 2],
    ['the rollback failed', [anIncident({ rollback: 'failed' })], 2],
    ['the rollback was asked for', [anIncident({ rollback: 'requested' })], 3],
    ['the alias is being moved', [anIncident({ rollback: 'moving' })], 3],
    ['the proof is outstanding', [anIncident({ rollback: 'verifying' })], 3],
    ['it helped', [anIncident({ rollback: 'helped' })], 'over'],
    ['it did not help', [anIncident({ rollback: 'did-not-help' })], 'over'],
    ['it was resolved since', [anIncident({ rollback: 'helped', status: 'resolved' })], 'over'],
    [
      'a newer incident began',
      [anIncident({ rollback: 'helped' }), anIncident({ openedAt: '2026-11-23T05:00:00.000Z' })],
      2,
    ],
  ])('%s', (_what, incidents, current) => {
    expect(progressOf({ incidents }).current).toBe(current)
  })
})

describe('the first minute', () => {
  it('begins with one thing to press', () => {
    const html = draw([])
    expect(currentStep(html)).toBe('Break a deployment')
    expect(buttons(html)).toEqual(['Hide', 'Break it'])
  })

  it('says when it is at work', () => {
    expect(buttons(draw([], { playing: 'bad-deploy' }))).toEqual(['Hide', 'Breaking it…'])
  })

  it('then leads to the message', () => {
    const html = draw([anIncident()])
    expect(currentStep(html)).toBe('Open the message in #crypto-watch-alerts and press Roll back, then confirm')
    expect(buttons(html)).toEqual(['Hide', 'Open the message'])
  })

  it.each(['U0DAN000001', 'U0EVE000001'])('%s, who may not roll back, is offered to be somebody who may', (me) => {
    expect(buttons(draw([anIncident()], { me }))).toEqual(['Hide', 'Act as Aiko, who is on call'])
  })

  it('then lets time pass', () => {
    const html = draw([anIncident({ rollback: 'verifying' })])
    expect(currentStep(html)).toBe('Let five minutes pass and read the proof')
    expect(buttons(html)).toEqual(['Hide', 'Let five minutes pass'])
  })

  it('and says in the end what to try next', () => {
    const html = draw([anIncident({ rollback: 'helped' })])
    expect(currentStep(html)).toBeUndefined()
    expect(html.match(/\(done\)/g)).toHaveLength(3)
    expect(buttons(html)).toEqual([
      'Hide',
      'Read the proof',
      'A slow API: press Escalate',
      'Be Eve, the visitor: what may she do?',
      'A storm of forty alarms',
    ])
  })
})
