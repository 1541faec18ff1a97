import type { ControlRoomProps } from '../../sandbox/page/client/room/control-room.tsx'
import type { IncidentView, Room } from '../../sandbox/room/room.ts'
import { samplePeople } from '../../sandbox/slack/people.ts'

export const now = new Date('2026-11-23T03:12:30.000Z')

export const anIncident = (change: Partial<IncidentView> = {}): IncidentView => ({
  id: 'api-20261123T031200Z',
  service: 'api',
  status: 'open',
  severity: 'Critical',
  openedAt: '2026-11-23T03:12:00.000Z',
  alarms: ['LambdaErrorAlarm'],
  owner: null,
  level: 1,
  nextDue: '2026-11-23T03:27:00.000Z',
  rollback: 'none',
  slack: { channel: 'C0ALERTS001', ts: '1795403520.000100' },
  ...change,
})

export const aRoom = (change: Partial<Room> = {}): Room => ({
  clock: { now: now.toISOString(), speed: 10 },
  playing: null,
  slackDown: false,
  functions: [
    {
      name: 'crypto-watch-api-function',
      role: 'api',
      versions: [
        { version: '42', description: '1a2b3c4 by Ren Ito: Round prices', createdAt: now.toISOString(), share: 0.1 },
        { version: '41', description: '5d6e7f8 by Mika Sato: Problems', createdAt: now.toISOString(), share: 0.9 },
      ],
      perMinute: 120,
      errorRate: 7.94,
    },
  ],
  chart: {
    points: [
      { at: '2026-11-23T03:10:00.000Z', percent: null },
      { at: '2026-11-23T03:11:00.000Z', percent: 7.94 },
    ],
    threshold: 5,
    marks: [{ at: '2026-11-23T03:12:00.000Z', kind: 'alarm', text: 'alarm rings' }],
  },
  alarms: [
    { name: 'ApiGateway5xxAlarm', severity: 'Critical', state: 'OK', since: now.toISOString(), condition: 'over 10 %' },
    { name: 'LambdaErrorAlarm', severity: 'Critical', state: 'ALARM', since: now.toISOString(), condition: 'over 5 %' },
  ],
  queues: [
    { name: 'alarms', waiting: 0 },
    { name: 'deadLetters', waiting: 2 },
  ],
  incidents: [anIncident()],
  mails: [],
  ...change,
})

export const roomProps = (change: Partial<ControlRoomProps> = {}): ControlRoomProps => ({
  room: aRoom(),
  journal: [
    { n: 1, at: now.toISOString(), kind: 'alarm', text: 'LambdaErrorAlarm turned ALARM' },
    {
      n: 2,
      at: now.toISOString(),
      kind: 'decision',
      text: 'Event “alarm changed” → decided',
      incident: 'api-1',
      details: { effects: ['show', 'page'] },
    },
  ],
  people: samplePeople,
  me: 'U0AIKO00001',
  clock: now,
  onActAs: () => undefined,
  onOpen: () => undefined,
  act: async () => ({ ok: true }),
  scenarios: [
    { name: 'bad-deploy', says: 'A version turns bad.' },
    { name: 'brand-new', says: 'Nobody has named it yet.' },
    { name: 'calm', says: 'Everything heals.' },
  ],
  ...change,
})
