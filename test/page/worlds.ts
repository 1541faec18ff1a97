import type { World } from '../../sandbox/page/client/world.ts'
import type { SeenMessage } from '../../sandbox/page/protocol.ts'
import { sampleBotId, sampleGroups, samplePeople } from '../../sandbox/slack/people.ts'

/** A quiet workspace as Aiko, who is on call, sees it. */
export const aWorld = (changes: Partial<World> = {}): World => ({
  boot: 'first',
  restored: false,
  me: 'U0AIKO00001',
  botId: sampleBotId,
  people: samplePeople,
  groups: sampleGroups,
  channels: [{ id: 'C0ALERTS001', name: 'crypto-watch-alerts', isDirect: false }],
  messages: [],
  modal: null,
  home: null,
  room: {
    clock: { now: '2026-11-24T03:00:00.000Z', speed: 1 },
    playing: null,
    slackDown: false,
    functions: [],
    chart: { points: [], threshold: 5, marks: [] },
    alarms: [],
    queues: [],
    incidents: [],
    mails: [],
  },
  journal: [],
  ...changes,
})

/** Something the bot said in the alerts channel. */
export const said = (ts: string, text: string, changes: Partial<SeenMessage> = {}): SeenMessage => ({
  channel: 'C0ALERTS001',
  ts,
  user: sampleBotId,
  text,
  at: '2026-11-24T03:00:00.000Z',
  ...changes,
})
