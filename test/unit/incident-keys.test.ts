import { describe, expect, it } from 'vitest'
import type { Incident } from '../../bot/incident/incident.ts'
import { unseenKeys } from '../../bot/incident/when-key-opened.ts'
import { offered } from '../../bot/incident/when-remedy-asked.ts'
import { at, because, effectsOf, happenings, later, play, reports, resolves } from '../support/incident-builders.ts'
import { remedyReports } from '../support/remedy-builders.ts'
import { desk, disables, isChanged, isMade, issues, opensKey, reported, takesBack } from '../support/report-builders.ts'

const leak = play(reported(at('03:00')))
const disabled = later(leak, disables('U1', at('03:01')), isChanged(at('03:01:05')))
const both = later(disabled, disables('U2', at('03:02'), desk), isChanged(at('03:02:05')))
const issued = later(disabled, issues('U1', at('03:03')), isMade(at('03:03:05')))
const menu = (incident: Incident) =>
  offered(incident).map(({ name, direction, subject }) => [direction, name, subject?.label].join(' ').trim())
const statuses = ({ remedies = [] }: Incident) =>
  remedies.map(({ name, subject, status }) => `${name} ${subject?.label} ${status}`).toSorted()
const shown = (isShown: boolean, when: string) => reports('show-key', { is: 'key-shown', shown: isShown }, when)

describe('keys, each by itself', () => {
  it('any number can be disabled, and each is replaced and enabled again alone', () => {
    expect(menu(leak)).toEqual(['apply disable-key'])
    expect(menu(both)).toEqual([
      'apply disable-key',
      'undo disable-key portfolio-widget',
      'undo disable-key kawase-desk',
      'apply new-key portfolio-widget',
      'apply new-key kawase-desk',
    ])
  })

  it('two at once do not hold each other up, and each answer is about its own', () => {
    const asked = later(leak, disables('U1', at('03:01')), disables('U2', at('03:01:01'), desk))
    expect(statuses(asked)).toEqual(['disable-key kawase-desk asked', 'disable-key portfolio-widget asked'])
    const one = later(asked, isChanged(at('03:01:05')))
    expect(statuses(one)).toEqual(['disable-key kawase-desk asked', 'disable-key portfolio-widget applied'])
    expect(because(one, disables('U3', at('03:02'), desk))).toBe('ignored: remedy-running')
    expect(because(one, disables('U3', at('03:02')))).toBe('ignored: remedy-in-force')
  })

  it('undoing one leaves the other as it is', () => {
    const back = later(
      both,
      takesBack('U1', at('03:05'), 'disable-key'),
      remedyReports('undo-remedy', { is: 'changed' }, at('03:05:05')),
    )
    expect(statuses(back)).toEqual(['disable-key kawase-desk applied', 'disable-key portfolio-widget undone'])
    expect(menu(back)).not.toContain('apply new-key portfolio-widget')
  })

  it('a key is picked by a person: without one nothing is asked for', () => {
    const { subject: _none, ...ask } = Object(disables('U1', at('03:01'))).ask
    expect(because(leak, { type: 'remedy-asked', at: at('03:01'), by: 'U1', ask })).toBe('ignored: remedy-not-offered')
  })

  it('a new one is for whoever lost a disabled one', () => {
    expect(because(leak, issues('U1', at('03:01')))).toBe('ignored: remedy-not-offered')
    expect(because(disabled, issues('U1', at('03:03')))).toBe('a person asked for a remedy')
  })

  it('taking back a new key disables the one that was made', () => {
    const [effect] = effectsOf(issued, takesBack('U1', at('03:06'), 'new-key'))
    expect(effect).toMatchObject({
      kind: 'undo-remedy',
      write: { target: 'api-key', key: 'key9', expect: 'enabled', write: 'disabled' },
    })
  })

  it('what is about keys is proven by whoever may read them, and after the end it can be undone still', () => {
    expect(disabled.pending.map(({ effect }) => effect.kind)).toContain('verify-keys')
    expect(disabled.pending.map(({ effect }) => effect.kind)).not.toContain('verify-remedies')
    expect(menu(later(disabled, resolves('U1', at('03:10'))))).toContain('undo disable-key portfolio-widget')
  })

  it('one incident keeps twenty changes', () => {
    const many = Array.from({ length: 20 }, (_, n) => [
      disables('U1', at('03:01'), { id: `k${n}`, label: `k${n}` }),
      isChanged(at('03:01:05')),
    ]).flat()
    const full = later(leak, ...many)
    expect(because(full, disables('U1', at('03:02')))).toBe('ignored: too-many-remedies')
    expect(because(full, takesBack('U1', at('03:02'), 'disable-key', { id: 'k3', label: 'k3' }))).toBe(
      'a person asked to undo a remedy',
    )
  })
})

describe('a new key', () => {
  it('is shown to the person who asked for it, once, and the thread is told that it was', () => {
    expect(unseenKeys(issued)).toEqual([{ id: 'key9', name: 'portfolio-widget-new-1' }])
    expect(effectsOf(issued, opensKey('U1', at('03:04'), 'V1'))[0]).toEqual({
      kind: 'show-key',
      key: 'key9',
      name: 'portfolio-widget-new-1',
      viewId: 'V1',
      hash: 'h1',
      user: 'U1',
    })
    const opened = later(issued, opensKey('U1', at('03:04'), 'V1'))
    expect(unseenKeys(opened)).toEqual([])
    const seen = later(opened, shown(true, at('03:04:02')))
    expect(happenings(seen).at(-1)).toBe('key-shown')
    expect(effectsOf(opened, shown(true, at('03:04:02')))).toContainEqual({
      kind: 'reply',
      say: { say: 'key-shown', by: 'U1', name: 'portfolio-widget-new-1' },
    })
    expect(because(seen, opensKey('U1', at('03:05'), 'V2'))).toBe('ignored: key-already-shown')
  })

  it.each([
    ['somebody else asks', issued, opensKey('U2', at('03:04')), 'key-not-yours'],
    ['there is no such key', issued, opensKey('U1', at('03:04'), 'V1', 'key1'), 'remedy-not-in-force'],
    [
      'it is not made yet',
      later(disabled, issues('U1', at('03:03'))),
      opensKey('U1', at('03:04')),
      'remedy-not-in-force',
    ],
    [
      'the press comes twice',
      later(issued, opensKey('U1', at('03:04'), 'V1')),
      opensKey('U1', at('03:04'), 'V1'),
      'already-done',
    ],
    [
      'it was taken back',
      later(
        issued,
        takesBack('U1', at('03:04'), 'new-key'),
        remedyReports('undo-remedy', { is: 'changed' }, at('03:04:05')),
      ),
      opensKey('U1', at('03:05')),
      'remedy-not-in-force',
    ],
  ])('is not shown where %s', (_what, incident, event, why) => {
    expect(because(incident, event)).toBe(`ignored: ${why}`)
  })

  it('that was not shown, because the modal was closed, can be asked for again', () => {
    const closed = later(issued, opensKey('U1', at('03:04'), 'V1'), shown(false, at('03:04:02')))
    expect(unseenKeys(closed)).toHaveLength(1)
    expect(happenings(closed)).not.toContain('key-shown')
    expect(because(closed, opensKey('U1', at('03:05'), 'V2'))).toBe('a person wants to see the new key')
  })

  it('never has its secret in the record', () => {
    const seen = later(issued, opensKey('U1', at('03:04'), 'V1'), shown(true, at('03:04:02')))
    const [kept] = (seen.remedies ?? []).filter(({ name }) => name === 'new-key')
    expect(kept?.made).toEqual({ id: 'key9', name: 'portfolio-widget-new-1' })
  })
})
