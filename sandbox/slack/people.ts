/** A member of the workspace; `title` says the role in words. */
export interface Person {
  id: string
  name: string
  real_name: string
  title: string
  tz: string
  locale: string
  /** Ids of the user groups the person is in. */
  groups: string[]
  is_bot?: true
}

export interface Group {
  id: string
  handle: string
  name: string
}

export interface Channel {
  id: string
  name: string
  /** Ids of people; the bot is a member like any other. */
  members: string[]
  is_archived?: boolean
  is_private?: boolean
  /** The person on the other side, when this is a direct conversation with the bot. */
  im_with?: string
}

export const sampleGroups: readonly Group[] = [
  { id: 'S0ONCALL001', handle: 'oncall', name: 'On-call engineers' },
  { id: 'S0DEVELOP01', handle: 'developers', name: 'Developers' },
  { id: 'S0MANAGER01', handle: 'managers', name: 'Managers' },
]

const [oncall, developers, managers] = ['S0ONCALL001', 'S0DEVELOP01', 'S0MANAGER01'] as const

export const sampleBotId = 'U0BOTWATCH1'

/** The people of the sample workspace: at least one of each role. Chie and Yui have set Slack to Japanese. */
export const samplePeople: readonly Person[] = [
  {
    id: 'U0AIKO00001',
    name: 'aiko',
    real_name: 'Aiko Tanaka',
    title: 'On-call engineer',
    tz: 'Asia/Tokyo',
    locale: 'en-US',
    groups: [oncall],
  },
  {
    id: 'U0BEN000001',
    name: 'ben',
    real_name: 'Ben Ortiz',
    title: 'On-call engineer',
    tz: 'America/New_York',
    locale: 'en-US',
    groups: [oncall],
  },
  {
    id: 'U0CHIE00001',
    name: 'chie',
    real_name: 'Chie Mori',
    title: 'Developer',
    tz: 'Asia/Tokyo',
    locale: 'ja-JP',
    groups: [developers],
  },
  {
    id: 'U0YUI000001',
    name: 'yui',
    real_name: 'Yui Sato',
    title: 'Developer',
    tz: 'Asia/Tokyo',
    locale: 'ja-JP',
    groups: [developers],
  },
  {
    id: 'U0DAN000001',
    name: 'dan',
    real_name: 'Dan Fischer',
    title: 'Manager',
    tz: 'Europe/Berlin',
    locale: 'en-GB',
    groups: [managers],
  },
  {
    id: 'U0EVE000001',
    name: 'eve',
    real_name: 'Eve Larsen',
    title: 'Visitor',
    tz: 'Europe/Copenhagen',
    locale: 'en-GB',
    groups: [],
  },
  {
    id: sampleBotId,
    name: 'crypto-watch',
    real_name: 'Crypto Watch',
    title: 'Incident bot',
    tz: 'UTC',
    locale: 'en-US',
    groups: [],
    is_bot: true,
  },
]

const everyone = samplePeople.map((person) => person.id)

export const sampleChannels: readonly Channel[] = [
  { id: 'C0ALERTS001', name: 'crypto-watch-alerts', members: everyone },
  { id: 'C0DEV000001', name: 'crypto-watch-dev', members: everyone },
  { id: 'C0INCIDENT1', name: 'crypto-watch-incidents', members: everyone },
  { id: 'C0DEPLOYS01', name: 'crypto-watch-deploys', members: everyone },
]

/** The workspace and the app, as payloads and answers name them. */
export const team = { id: 'T0CRYPTOW01', domain: 'crypto-watch', name: 'Crypto Watch' } as const
export const app = { id: 'A0CRYPTOW01', bot: 'B0CRYPTOW01' } as const
