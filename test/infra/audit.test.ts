import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { historyEntry } from '../../bot/incident/history.ts'
import type { Incident } from '../../bot/incident/incident.ts'
import { createHistory } from '../../bot/out/history.ts'
import { createIncidentTable } from '../../bot/out/incident-table.ts'
import { createPeopleNames } from '../../bot/out/people-names.ts'
import { systemWall } from '../../common/clock.ts'
import { minutes, moment, plus } from '../../common/time.ts'
import { createItems, TableBusy } from '../../infra/incident-items.ts'
import { runAudit } from '../support/audit-process.ts'
import { type Doors, startDoors } from '../support/doors.ts'
import {
  acknowledges,
  addsAction,
  asksPostmortem,
  fires,
  later,
  play,
  resolves,
  takesOver,
  ticksAction,
} from '../support/incident-builders.ts'
import { createVirtualWall } from '../support/virtual-wall.ts'

let doors: Doors
let raw: DynamoDBClient
let client: DynamoDBDocumentClient
let table: string
beforeEach(async () => {
  doors = await startDoors()
  table = doors.cloud.names.tables.incidents
  raw = new DynamoDBClient({
    endpoint: doors.cloud.endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  client = DynamoDBDocumentClient.from(raw, { marshallOptions: { removeUndefinedValues: true } })
})
afterEach(async () => {
  raw.destroy()
  await doors.stop()
})

/** The command asks the clock of the machine, so the incidents are as many days old. */
const daysAgo = (days: number, minute = 0) => plus(moment(systemWall.now()), minutes(minute - days * 24 * 60))
const run = (...args: string[]) => runAudit(doors.cloud.endpoint, '--stage', 'prod', ...args)
const short = ({ kind, who, name, action, actions }: Record<string, unknown>) =>
  [kind, who, name, action, actions].filter((each) => each !== undefined).join(' ')

/** Kept as the bot keeps it. */
const keep = (incident: Incident) => createIncidentTable(client, table).save(incident, undefined)
async function file(incident: Incident): Promise<Incident> {
  const filed = { ...incident, pending: [], archived: true }
  await createIncidentTable(client, table).archive(filed)
  const entry = historyEntry(filed)
  if (!entry) throw new Error('It is not over.')
  await createHistory({ client, table, log: doors.log, limitMs: 5_000 }).record(entry)
  return filed
}
const put = (item: object) => client.send(new PutCommand({ TableName: table, Item: item }))

describe('npm run audit prints an object a line', () => {
  it('of open and of finished incidents, oldest first, with the names that the bot knows', async () => {
    const people = createPeopleNames({ client, table, clock: doors.world.clock, log: doors.log, limitMs: 5_000 })
    await people.learn('U1', 'Aiko Tanaka')
    const open = play(fires('ExternalApiErrorAlarm', daysAgo(1)), acknowledges('U1', daysAgo(1, 2)))
    const over = play(fires('LambdaErrorAlarm', daysAgo(10)), resolves('U2', daysAgo(10, 5)))
    await keep(open)
    await file(over)

    const { code, lines, notes } = await run()
    expect(notes).toEqual([])
    expect(code).toBe(0)
    expect(lines.map(short)).toEqual([
      'action aws alarm-changed',
      'action U2 resolve-asked',
      'action aws alarm-changed',
      'action U1 Aiko Tanaka acknowledged',
    ])
    expect(lines.at(-1)).toEqual({
      kind: 'action',
      at: open.actions?.[1]?.at,
      incident: open.id,
      service: 'updater',
      who: 'U1',
      name: 'Aiko Tanaka',
      action: 'acknowledged',
      before: { status: 'open' },
      after: { status: 'acknowledged', owner: 'U1' },
    })
  })

  it('of what was done in the span only, and of an old incident what was done in it lately', async () => {
    const old = play(fires('LambdaErrorAlarm', daysAgo(90)), resolves('U1', daysAgo(90, 5)))
    const followed = later(
      old,
      asksPostmortem('U1', daysAgo(90, 6)),
      addsAction('U1', daysAgo(90, 7), { press: 'V1' }),
      ticksAction('U2', 'V1', daysAgo(2)),
    )
    await file(followed)
    expect((await run()).lines.map(short)).toEqual(['action U2 action-item-ticked'])
    const [since, until] = [daysAgo(91), daysAgo(89)]
    const before = await run('--since', since, '--until', until)
    expect(before.lines.map(short).slice(1)).toEqual([
      'action U1 resolve-asked',
      'action U1 postmortem-asked',
      'action U1 action-item-added',
    ])
  })

  it('of one incident, from its beginning', async () => {
    const old = await file(play(fires('LambdaErrorAlarm', daysAgo(90)), resolves('U1', daysAgo(90, 5))))
    await keep(play(fires('LambdaErrorAlarm', daysAgo(1)), acknowledges('U9', daysAgo(1, 1))))
    const { lines, code } = await run('--incident', old.id)
    expect(lines.map(short)).toEqual(['action aws alarm-changed', 'action U1 resolve-asked'])
    expect(code).toBe(0)
    const none = await run('--incident', 'api-20200101T000000Z')
    expect([none.code, none.output, none.notes]).toEqual([
      2,
      '',
      ['There is no incident api-20200101T000000Z on record.'],
    ])
  })

  it('once, and the newest, where an incident stands under two keys', async () => {
    const over = play(fires('LambdaErrorAlarm', daysAgo(1)), resolves('U1', daysAgo(1, 5)))
    await file({ ...over, revision: 7 })
    await keep({ ...later(over, asksPostmortem('U2', daysAgo(1, 6))), archived: false, revision: 9 })
    expect((await run()).lines.map(short)).toEqual([
      'action aws alarm-changed',
      'action U1 resolve-asked',
      'action U2 postmortem-asked',
    ])
  })

  it('of as many incidents as there are, whatever calls it takes', async () => {
    const one = play(fires('LambdaErrorAlarm', daysAgo(5)), resolves('U1', daysAgo(5, 5)))
    // A call asks for 100 items at most, and the store answers with 1.4 MB at most.
    const actions = one.actions?.map((action) => ({ ...action, about: 'x'.repeat(8_000) }))
    const ids = Array.from({ length: 130 }, (_, n) => `api-${n}`)
    for (const id of ids) await file({ ...one, id, ...(actions && { actions }) })
    const { lines, code } = await run()
    expect(lines).toHaveLength(260)
    expect(new Set(lines.map(({ incident }) => incident))).toEqual(new Set(ids))
    expect(code).toBe(0)
  })
})

describe('nobody takes the list for complete when it is not', () => {
  it('actions that were not kept have a line of their own, and a note', async () => {
    const takes = Array.from({ length: 60 }, (_, n) => takesOver(`U${n}`, daysAgo(1, n + 1)))
    const long = play(fires('DynamoDBThrottleAlarm', daysAgo(1)), ...takes)
    await keep(long)
    const { lines, notes, code } = await run()
    expect(lines).toHaveLength(36)
    expect(lines[10]).toEqual({
      kind: 'left-out',
      at: long.actions?.[9]?.at,
      until: long.actions?.[10]?.at,
      incident: long.id,
      service: 'table',
      actions: long.actionsLeftOut,
    })
    expect(notes).toEqual([`${long.actionsLeftOut} actions of ${long.id} are not kept.`])
    expect(code).toBe(0)
  })

  it('what cannot be read is told by its key, the rest is printed, and the command fails', async () => {
    await keep(play(fires('LambdaErrorAlarm', daysAgo(1)), acknowledges('U1', daysAgo(1, 1))))
    const broken = { id: 'updater-1', service: 'updater', openedAt: daysAgo(1), revision: 1, actions: 'none' }
    await put({ pk: 'SERVICE#updater', live: 'live', ...broken })
    const gone = historyEntry(play(fires('DynamoDBThrottleAlarm', daysAgo(3)), resolves('U1', daysAgo(3, 1))))
    const month = String(gone?.openedAt).slice(0, 7)
    await put({ pk: `HISTORY#${month}`, count: 2, [`incident#${gone?.id}`]: gone, 'incident#x': { id: 'x' } })

    const { lines, notes, code } = await run()
    expect(code).toBe(1)
    expect(lines.map(short)).toEqual(['action aws alarm-changed', 'action U1 acknowledged'])
    expect(notes.toSorted()).toEqual([
      expect.stringMatching(/^HISTORY#[\d-]+ incident#x could not be read: .*openedAt/),
      `INCIDENT#${gone?.id} could not be read: it is in the history, and is not there`,
      expect.stringMatching(/^SERVICE#updater could not be read: .*expected array/),
    ])
  })

  it('a month that had no room for more is told', async () => {
    const at = daysAgo(3)
    const over = play(fires('LambdaErrorAlarm', at), resolves('U1', plus(at, minutes(1))))
    const entry = historyEntry(await file(over))
    const month = at.slice(0, 7)
    const entries = Array.from({ length: 220 }, (_, n) => [`incident#${n}`, entry])
    await put({ pk: `HISTORY#${month}`, count: 220, ...Object.fromEntries(entries) })
    const { lines, notes, code } = await run()
    expect(lines).toHaveLength(2)
    expect(notes).toEqual([`The history of ${month} is full: what it had no room for is found by --incident only.`])
    expect(code).toBe(0)
  })
})

describe('a command that cannot do it says why, and prints nothing', () => {
  it('because nobody said which stage, or how', async () => {
    const asked = await runAudit(doors.cloud.endpoint)
    expect([asked.code, asked.output, asked.notes[0]]).toEqual([2, '', 'Which stage?'])
    const wrong = await run('--since', 'yesterday')
    expect([wrong.code, wrong.output, wrong.notes.length]).toEqual([2, '', 1])
  })

  it('but says how it is called to whoever asks', async () => {
    const { code, output, notes } = await runAudit(doors.cloud.endpoint, '--help')
    expect([code, notes]).toEqual([0, []])
    expect(output).toMatch(/^npm run audit -- --stage <stage>\n[\s\S]*--since <date> +first day of UTC/)
  })

  it('because the table is not there, or may not be read', async () => {
    const absent = await runAudit(doors.cloud.endpoint, '--stage', 'staging')
    expect([absent.code, absent.output]).toEqual([1, ''])
    expect(absent.notes.join()).toMatch(/^The table crypto-watch-incidents-staging could not be read. ResourceNotFound/)
    doors.cloud.faults.add({ match: ({ service }) => service === 'dynamodb', kind: 'refuse' })
    const refused = await run()
    expect([refused.code, refused.output]).toEqual([1, ''])
    expect(refused.notes.join()).toMatch(/^The table crypto-watch-incidents could not be read. AccessDenied/)
  })
})

describe('a table that is busy', () => {
  const answering = (answers: object[]) =>
    ({
      send: async () => answers.shift() ?? answers.at(-1) ?? { UnprocessedKeys: {} },
    }) as unknown as DynamoDBDocumentClient
  const nothing = { Responses: {}, UnprocessedKeys: { t: { Keys: [{ pk: 'a' }] } } }

  it('is asked again for what it left out, a little later each time', async () => {
    const wall = createVirtualWall()
    const begun = wall.now().getTime()
    const answers = [nothing, nothing, { Responses: { t: [{ pk: 'a' }] } }]
    const found = await createItems({ client: answering(answers), table: 't', wall }).get(['a'])
    expect([...found.keys()]).toEqual(['a'])
    expect(wall.now().getTime() - begun).toBe(300)
  })

  it('and in the end it is told that a part is missing', async () => {
    const answers = Array.from({ length: 20 }, () => nothing)
    const items = createItems({ client: answering(answers), table: 't', wall: createVirtualWall() })
    await expect(items.get(['a'])).rejects.toThrow(TableBusy)
    expect(answers).toHaveLength(14)
  })
})
