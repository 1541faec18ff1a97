import { z } from 'zod'
import type { Inside } from './inside.ts'
import { count, flag, knownPerson, type Method, method, page } from './method.ts'
import { app, type Group, type Person, team } from './people.ts'
import { SlackError } from './slack-error.ts'

/** Seconds east of Greenwich at this moment, as Slack tells them beside the name of the zone. */
function offsetSeconds(tz: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'longOffset' }).formatToParts(at)
  const [, sign, hours, minutes] =
    /([+-])(\d\d):(\d\d)/.exec(parts.find((part) => part.type === 'timeZoneName')?.value ?? '') ?? []
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60)
}

const shownPerson = (person: Person, { wall }: Inside, withLocale = false) => ({
  id: person.id,
  team_id: team.id,
  name: person.name,
  real_name: person.real_name,
  deleted: false,
  tz: person.tz,
  tz_label: person.tz,
  tz_offset: offsetSeconds(person.tz, wall.now()),
  is_bot: person.is_bot ?? false,
  is_app_user: false,
  ...(withLocale && { locale: person.locale }),
  profile: {
    title: person.title,
    real_name: person.real_name,
    display_name: person.name,
    real_name_normalized: person.real_name,
    display_name_normalized: person.name,
    team: team.id,
    ...(person.is_bot && { api_app_id: app.id, bot_id: app.bot }),
  },
})

const membersOf = (group: Group, { state }: Inside) =>
  state.people.filter((person) => person.groups.includes(group.id)).map((person) => person.id)

const shownGroup = (group: Group, inside: Inside, withUsers = false) => ({
  id: group.id,
  team_id: team.id,
  is_usergroup: true,
  is_subteam: true,
  name: group.name,
  handle: group.handle,
  description: '',
  date_delete: 0,
  user_count: membersOf(group, inside).length,
  ...(withUsers && { users: membersOf(group, inside) }),
})

const authTest = method(z.strictObject({}), (_, inside) => ({
  url: `${inside.baseUrl()}/`,
  team: team.name,
  team_id: team.id,
  user: inside.workspace.person(inside.botId)?.name ?? '',
  user_id: inside.botId,
  bot_id: app.bot,
  is_enterprise_install: false,
}))

const usersList = method(
  z.strictObject({
    limit: count.min(1).max(1000).optional(),
    cursor: z.string().optional(),
    include_locale: flag.optional(),
  }),
  (args, inside) => {
    const { items, response_metadata } = page(inside.state.people, args.limit ?? 1000, args.cursor)
    const members = items.map((person) => shownPerson(person, inside, args.include_locale))
    return { members, cache_ts: Math.floor(inside.wall.now().getTime() / 1000), response_metadata }
  },
)

const usersInfo = method(z.strictObject({ user: z.string(), include_locale: flag.optional() }), (args, inside) => ({
  user: shownPerson(knownPerson(args.user, inside), inside, args.include_locale),
}))

const groupsList = method(
  z.strictObject({ include_users: flag.optional(), include_count: flag.optional(), include_disabled: flag.optional() }),
  (args, inside) => ({ usergroups: inside.state.groups.map((group) => shownGroup(group, inside, args.include_users)) }),
)

const groupUsers = method(
  z.strictObject({ usergroup: z.string(), include_disabled: flag.optional() }),
  (args, inside) => {
    const group = inside.state.groups.find((each) => each.id === args.usergroup)
    if (!group) throw new SlackError('no_such_subteam')
    return { users: membersOf(group, inside) }
  },
)

export const peopleMethods: Readonly<Record<string, Method>> = {
  'auth.test': authTest,
  'users.list': usersList,
  'users.info': usersInfo,
  'usergroups.list': groupsList,
  'usergroups.users.list': groupUsers,
}
