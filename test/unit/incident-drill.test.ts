import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../bot/incident/decide.ts'
import { drillMinutes } from '../../bot/incident/drill.ts'
import type { IncidentEvent } from '../../bot/incident/event.ts'
import { historyEntry } from '../../bot/incident/history.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import { planMails } from '../../bot/incident/plan-mails.ts'
import { cardMessage } from '../../bot/message/cards.ts'
import { markedIfDrill } from '../../bot/message/drill-part.ts'
import { rootMessage } from '../../bot/message/root-message.ts'
import { isPublic } from '../../common/incident-record.ts'
import { minutes, plus } from '../../common/time.ts'
import { aLook, bothLooks } from '../support/builders.ts'
import { at } from '../support/incident-builders.ts'
import { incident } from '../support/random-incidents.ts'
import { reported } from '../support/report-builders.ts'
import { expectSendable } from '../support/sendable.ts'

const start = at('03:00')
const drill = (when = start, press = when) => reported(when, { service: 'drill', kind: 'drill', text: '', press })
const changed = (incident: Incident | undefined, event: IncidentEvent) => {
  const decided = decide(incident, event)
  if ('ignored' in decided) throw new Error(decided.because)
  return decided
}
const begun = changed(undefined, drill()).incident

describe('a drill', () => {
  it('belongs to nobody, and goes up by no time at all', () => {
    expect(begun).toMatchObject({ status: 'open', severity: 'High', escalation: { next: { nothingDue: 'drill' } } })
    expect(begun.owner).toBeUndefined()
    expect(begun.pending.map(({ effect }) => effect.kind)).toEqual(['show'])
    const late = changed(begun, { type: 'escalation-asked', at: at('03:05'), by: 'U1', reason: 'practice', to: 3 })
    expect(late.effects.map(({ kind }) => kind)).toEqual(['page', 'find-managers', 'show', 'reply', 'show-card'])
    const waited = decide(late.incident, { type: 'minute-passed', at: at('03:25') })
    expect(waited).toEqual({ because: 'nothing-due', ignored: true })
  })

  it('ends by itself after half an hour, and is a drill in the history', () => {
    const nearly = plus(start, minutes(drillMinutes) - 1)
    expect(decide(begun, { type: 'minute-passed', at: nearly })).toMatchObject({ ignored: true })
    const over = changed(begun, { type: 'minute-passed', at: plus(start, minutes(drillMinutes)) })
    expect(over.because).toContain('the drill is over')
    expect(over.incident.status).toBe('resolved')
    expect(historyEntry(over.incident)).toMatchObject({ drill: true, report: 'drill' })
    const next = changed(over.incident, drill(at('03:31')))
    expect(next.incident).toMatchObject({ id: 'drill-20261123T033100Z', reopened: 0 })
  })

  it('is one at a time', () => {
    expect(decide(begun, drill(start))).toEqual({ because: 'already-done', ignored: true })
    expect(decide(begun, drill(at('03:01')))).toEqual({ because: 'drill-on', ignored: true })
  })

  it.each<IncidentEvent>([
    { type: 'customers-told', at: start, by: 'U1', press: 'p', en: 'a', ja: 'b' },
    { type: 'rollback-opened', at: start, by: 'U1', role: 'api', viewId: 'V', hash: '' },
    {
      type: 'remedy-opened',
      at: start,
      by: 'U1',
      name: 'maintenance-mode',
      direction: 'apply',
      viewId: 'V',
      hash: '',
    },
  ])('changes nothing real: $type', (event) => {
    expect(decide(begun, event)).toEqual({ because: 'only-a-drill', ignored: true })
  })

  it('is told to nobody outside, by no page and no mail, not even when Slack is away', () => {
    expect(isPublic(begun)).toBe(false)
    const silent = decide(begun, { type: 'minute-passed', at: at('03:20'), slackTook: {} })
    expect(silent).toMatchObject({ ignored: true })
    expect(planMails([begun], at('03:20'))).toEqual([])
  })

  it('1,000 drills: everything that is posted of them begins with the mark, and Slack takes it', () => {
    const report = { kind: 'drill', by: 'U1', at: start, text: '', press: 'p' } as const
    const marks = { en: /^(?:DRILL · )/, ja: /^【訓練】/ }
    const run = fc.property(incident, (made) => {
      const rehearsed = { ...made, reports: [report] }
      for (const look of bothLooks) {
        const drawn = [
          rootMessage(rehearsed, look),
          ...(rehearsed.cards ?? []).map((card) => cardMessage(card, rehearsed, look, undefined)),
        ]
        for (const message of drawn.map((each) => markedIfDrill(each, rehearsed, look))) {
          expectSendable(message)
          expect(message.text).toMatch(marks[look.language])
          expect(JSON.stringify(message.blocks[0])).toContain(look.language === 'en' ? 'DRILL · ' : '【訓練】')
        }
      }
    })
    fc.assert(run, { numRuns: 1_000, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true })
  }, 120_000)

  it('any other incident is left as it is', () => {
    const look = aLook()
    const other = changed(undefined, reported(start)).incident
    const drawn = rootMessage(other, look)
    expect(markedIfDrill(drawn, other, look)).toBe(drawn)
  })
})
