import * as z from 'zod'
import type { Wall } from '../../common/clock.ts'
import { minutes } from '../../common/time.ts'
import type { People } from '../settings.ts'
import type { Slack } from './slack.ts'

/** What somebody wants to do. */
export type Action =
  | 'acknowledge'
  | 'hold'
  | 'roll-back'
  | 'remedy'
  | 'escalate'
  | 'resolve'
  | 'maintenance'
  | 'lift-maintenance'
  | 'tell-customers'
  | 'postmortem'
  | 'report'
  | 'drill'
  | 'silence'

/** Which levels may do it. */
export const permitted: Record<Action, readonly (keyof People)[]> = {
  acknowledge: ['oncall', 'developers', 'managers'],
  hold: ['oncall', 'developers', 'managers'],
  'roll-back': ['oncall', 'developers'],
  remedy: ['oncall', 'developers'],
  escalate: ['oncall', 'developers', 'managers'],
  resolve: ['oncall', 'developers'],
  maintenance: ['managers'],
  'lift-maintenance': ['oncall', 'developers', 'managers'],
  'tell-customers': ['managers'],
  postmortem: ['oncall', 'developers', 'managers'],
  report: ['oncall', 'developers', 'managers'],
  drill: ['oncall', 'developers', 'managers'],
  silence: ['oncall', 'developers'],
}

/** Who belongs to a level. */
export interface Groups {
  /** Ids of users; undefined where Slack would not say who is in the group and never has. */
  members(level: keyof People): Promise<readonly string[] | undefined>
}

export interface Permissions extends Groups {
  /** `unknown`: Slack would not say who is in the groups, so nobody may. */
  may(user: string, action: Action): Promise<'yes' | 'no' | 'unknown'>
}

const keepFor = minutes(5)
const Members = z.object({ users: z.array(z.string()) })

/**
 * Asks Slack who is in a group and remembers it for five minutes. When Slack will not say, the old copy
 * counts.
 */
export function createGroups(slack: Slack, people: People, wall: Wall): Groups {
  const known = new Map<string, { users: readonly string[]; at: number }>()
  return {
    members: async (level) => {
      const setting = people[level]
      if (!/^S[A-Z0-9]+$/.test(setting)) return setting.split(',').map((user) => user.trim())
      const held = known.get(setting)
      const now = wall.now().getTime()
      if (held && now - held.at < keepFor) return held.users
      const answer = await slack.call('usergroups.users.list', { usergroup: setting })
      const members = answer.is === 'ok' ? Members.safeParse(answer.body) : undefined
      if (!members?.success) return held?.users
      known.set(setting, { users: members.data.users, at: now })
      return members.data.users
    },
  }
}

/** A group never known permits nobody. */
export function createPermissions(slack: Slack, people: People, wall: Wall): Permissions {
  const { members } = createGroups(slack, people, wall)
  return {
    may: async (user, action) => {
      const groups = await Promise.all(permitted[action].map(members))
      if (groups.some((users) => users?.includes(user))) return 'yes'
      return groups.includes(undefined) ? 'unknown' : 'no'
    },
    members,
  }
}
