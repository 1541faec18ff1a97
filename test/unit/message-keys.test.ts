import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RemedyRecord } from '../../bot/incident/remedy.ts'
import type { Report } from '../../bot/incident/report.ts'
import { keyModal, type UsageRead } from '../../bot/message/key-modal.ts'
import { readKeyPress } from '../../bot/message/remedy-buttons.ts'
import { reportModal } from '../../bot/message/report-modal.ts'
import { reportLines } from '../../bot/message/report-part.ts'
import { rootMessage } from '../../bot/message/root-message.ts'
import { loadingKeyModal, newKeyModal } from '../../bot/message/show-key-modal.ts'
import { remedyNamed } from '../../bot/remedy/remedies.ts'
import { readMessageBlocks } from '../../sandbox/slack/validate-blocks.ts'
import { readView } from '../../sandbox/slack/validate-view.ts'
import { aLook, anIncident, anOwnedIncident, later, noon } from '../support/builders.ts'
import { linesOf, textsOf } from '../support/seen.ts'

const rules = { acceptsNewBlocks: false }
const [en, ja] = [aLook(), aLook({ language: 'ja' })]
const aReport = (change: Partial<Report> = {}): Report => ({
  kind: 'leaked-key',
  by: 'U1',
  at: noon,
  text: 'It is in a gist.',
  press: 'V1',
  ...change,
})
const leak = (reports = [aReport()]) =>
  anOwnedIncident({ id: 'api-keys-20261123T030000Z', service: 'api-keys', severity: 'High', alarms: {}, reports })
const asked = { name: 'disable-key', direction: 'apply', metadata: '{}' } as const
const keys = ['sample', 'kawase-desk', 'portfolio-widget'].map((name, n) => ({ id: `key${n}`, name, enabled: true }))
const use = (key: string, count: number) => ({ key, count, refused: 0, addresses: 1, isLeast: false })
const usage = (...all: ReturnType<typeof use>[]): UsageRead => ({
  is: 'read',
  use: { from: noon, total: 2_000, isWhole: true, keys: all },
})

describe('which key', () => {
  it('the most used first, with its use drawn, in both languages', () => {
    const busy = usage({ ...use('key2', 1_500), refused: 40, addresses: 312 }, use('key0', 500))
    const [english, japanese] = [en, ja].map((look) => keyModal(keys, busy, leak(), look, asked))
    expect(english && linesOf(english)).toEqual(
      expect.arrayContaining([
        '`██████████` `portfolio-widget`: 1,500 requests (75 %), 40 refused with 429, 312 addresses',
        '`███▍      ` `sample`: 500 requests (25 %), 0 refused with 429, 1 address',
        '*What customers notice:* Whoever uses this key gets 403 for every request. Nobody else notices anything.',
      ]),
    )
    expect(japanese && textsOf(japanese).join()).toMatch(/1,500.+portfolio-widget|portfolio-widget.+1,500/s)
    expect(JSON.stringify(japanese)).not.toMatch(/requests|addresses|What customers/)
    const input = Object(english?.blocks.find((block) => block.type === 'input')).element
    expect(input.options.map(({ text }: { text: { text: string } }) => text.text)).toEqual([
      'portfolio-widget',
      'sample',
      'kawase-desk',
    ])
    // The most used key may be the best customer, so nothing is picked for the person.
    expect(input.initial_option).toBeUndefined()
  })

  it.each<[string, UsageRead, string]>([
    ['could not be read', { is: 'unread', because: 'Timeout' }, 'The use of the last hour could not be read: Timeout'],
    ['was none', usage(), 'No request with a key in the last hour.'],
    [
      'was more than is read',
      { is: 'read', use: { from: noon, total: 9, isWhole: false, keys: [use('key0', 9)] } },
      'There were more requests than are read; the numbers are the least that there were.',
    ],
  ])('can be picked where its use %s', (_what, read, said) => {
    const view = keyModal(keys, read, leak(), en, asked)
    expect(linesOf(view)).toContain(said)
    expect(view.submit?.text).toBe('Apply')
  })

  it.each([
    ['the keys could not be read', undefined, 'The API keys could not be read, so nothing can be changed safely.'],
    ['every key is disabled', keys.map((key) => ({ ...key, enabled: false })), 'Every API key is disabled already.'],
  ])('nothing can be picked where %s', (_what, known, said) => {
    const view = keyModal(known, usage(), leak(), en, asked)
    expect(textsOf(view).join()).toContain(said)
    expect(view.submit).toBeUndefined()
  })
})

describe('what was reported', () => {
  it.each([
    [
      en,
      ['*Security incident*', 'It is in a gist.', 'It stays open until a person resolves it: no alarm tells its end.'],
    ],
    [ja, ['*セキュリティインシデント*', 'It is in a gist.']],
  ])('stands in the words of whoever reported it', (look, said) => {
    const text = reportLines(leak(), look).join('\n')
    for (const each of said) expect(text).toContain(each)
  })

  it('three at most are shown, the rest counted, and nothing of an incident that alarms opened', () => {
    const five = Array.from({ length: 5 }, (_, n) => aReport({ text: `Report ${n}`, press: `V${n}` }))
    const lines = reportLines(leak(five), en)
    expect(lines.filter((line) => line.includes('Report ')).length).toBe(3)
    expect(lines.join()).toContain('2 more')
    expect(reportLines(anIncident(), en)).toEqual([])
  })

  it('wrong data is no security incident', () => {
    expect(reportLines(leak([aReport({ kind: 'wrong-data' })]), en).join()).not.toContain('Security incident')
  })

  it.each([en, ja])('is asked for with what it would join', (look) => {
    const rollback = reportModal('rollback', [anIncident(), leak()], look)
    expect(textsOf(rollback).join()).toContain('`api-20261123T030000Z`')
    expect(rollback.blocks.filter(({ type }) => type === 'input')).toHaveLength(3)
    expect(reportModal('key', [], look).blocks.filter(({ type }) => type === 'input')).toHaveLength(1)
  })
})

describe('a new key', () => {
  it.each([en, ja])('is shown as it is, in code, and once', (look) => {
    const view = newKeyModal('portfolio-widget-new', 'Ab0'.repeat(13), look)
    expect(
      textsOf(view)
        .join('\n')
        .split(`\`${'Ab0'.repeat(13)}\``),
    ).toHaveLength(2)
    expect(view.submit).toBeUndefined()
    expect(textsOf(newKeyModal('x', undefined, look)).join()).not.toContain('undefined')
  })
})

const weird = fc.oneof(
  fc.string({ maxLength: 60, unit: 'binary' }),
  fc.constantFrom('<!channel>', '&&&&', '😀', '"\\', '`', '\u202E', '').map((text) => text.repeat(900)),
)
const count = fc.nat({ max: 10_000_000 })
const anyUse = fc.record({ key: weird, count, refused: count, addresses: count, isLeast: fc.boolean() })
const anyUsage: fc.Arbitrary<UsageRead> = fc.oneof(
  fc.record({ is: fc.constant('unread' as const), because: weird }),
  fc.record({
    is: fc.constant('read' as const),
    use: fc.record({
      from: fc.constant(noon),
      total: count,
      isWhole: fc.boolean(),
      keys: fc.uniqueArray(anyUse, { maxLength: 40, selector: ({ key }) => key }),
    }),
  }),
)
const id = fc.string({ minLength: 1, maxLength: 60, unit: fc.constantFrom(...'abcdefghij0123456789') })
const anyKeys = fc.uniqueArray(fc.record({ id, name: weird, enabled: fc.boolean() }), {
  maxLength: 120,
  selector: (key) => key.id,
})
const anyReports = fc.array(
  fc
    .record({ kind: fc.constantFrom('leaked-key' as const, 'wrong-data' as const, 'security' as const), text: weird })
    .map((change) => aReport(change)),
  { minLength: 1, maxLength: 10 },
)

/** Keys of one incident, disabled and replaced, as many as one incident keeps. */
const anyRemedies = fc.uniqueArray(id, { maxLength: 10 }).chain((ids) =>
  fc.record({ label: weird, made: fc.boolean() }).map(({ label, made }) =>
    ids.flatMap((each): RemedyRecord[] => {
      const subject = { id: each, label: label.slice(0, 60) }
      const plan = remedyNamed('disable-key').plan({ keys: [{ id: each, name: label, enabled: true }] }, subject)
      if (!plan.possible) throw new Error('An enabled key can be disabled.')
      const { from, to, write } = plan
      const told = { subject, by: 'U1', at: noon, press: 'V1', from, to, write, updates: [], appliedAt: later(1) }
      const replaced = { id: `n${each}`.slice(0, 60), name: `${label.slice(0, 80)}-new` }
      return [
        { name: 'disable-key', status: 'proven', ...told },
        ...(made ? [{ name: 'new-key' as const, status: 'applied' as const, ...told, made: replaced }] : []),
      ]
    }),
  ),
)

it('whatever keys are called and however they are used, Slack takes every modal and message', () => {
  const look = fc.constantFrom(en, ja)
  fc.assert(
    fc.property(
      anyKeys,
      anyUsage,
      anyReports,
      anyRemedies,
      weird,
      look,
      (known, read, reports, remedies, text, each) => {
        const incident = { ...leak(reports), remedies }
        for (const view of [
          keyModal(known, read, incident, each, asked),
          reportModal('key', [incident], each),
          reportModal('rollback', [incident, { ...incident, id: `${text}-1` }], each),
          newKeyModal(text, text, each),
          loadingKeyModal(each),
        ])
          readView(JSON.parse(JSON.stringify(view)), 'modal', rules)
        readMessageBlocks(JSON.parse(JSON.stringify(rootMessage(incident, each).blocks)), rules)
      },
    ),
    { numRuns: 150 },
  )
})

it('a press of the button is read again as the key that it was drawn for', () => {
  const remedies: RemedyRecord[] = [
    {
      name: 'new-key',
      subject: { id: 'key2', label: 'portfolio-widget' },
      status: 'proven',
      by: 'U1',
      at: noon,
      press: 'V1',
      from: 'none',
      to: 'enabled',
      write: { target: 'new-key', replaces: 'key2', name: 'portfolio-widget-new' },
      made: { id: 'key9', name: 'portfolio-widget-new-1' },
      updates: [],
    },
  ]
  const drawn = JSON.stringify(rootMessage({ ...leak(), remedies }, en).blocks)
  expect(drawn).toContain('Show the new key (portfolio-widget-new-1)')
  const action = { action_id: 'incident.show-key.0', value: JSON.stringify({ i: leak().id, k: 'key9' }) }
  expect(drawn).toContain(JSON.stringify(action.value))
  expect(readKeyPress(action)).toEqual({ incident: leak().id, key: 'key9' })
  for (const other of [
    { ...action, value: '{' },
    { ...action, value: '{}' },
    { action_id: 'incident.remedy.x.0' },
    null,
  ])
    expect(readKeyPress(other)).toBeUndefined()
})
