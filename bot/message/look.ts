import type { OfficeHours } from '../incident/office-hours.ts'
import { data, type Language } from './format.ts'
import { type Words, wordsOf } from './words.ts'

/** For whom a message is drawn, and where. */
export interface Look {
  language: Language
  stage: string
  hours: OfficeHours
  /** Ready mention strings, made by `mention`. */
  people: { oncall: string; developers: string; managers: string }
  /** The address where AWS shows people what the bot reads; absent where it cannot. */
  awsConsole?: string
  /** Owner and name on GitHub; absent where commits are not linked. */
  repository?: string
}

export const words = (look: Look): Words => wordsOf(look.language)

/** One person by user id; what does not look like an id is shown, never interpreted. */
export const person = (user: string): string => (/^[UW][A-Z0-9_]{1,40}$/.test(user) ? `<@${user}>` : data(user, 60))

/** A channel of the settings, as a link where it is an id and by its name otherwise. */
export const channelNamed = (setting: string): string =>
  /^[CG][A-Z0-9]{1,40}$/.test(setting) ? `<#${setting}>` : `#${data(setting.replace(/^#/, ''), 80)}`

/** The people of a setting: `S0123` is a user group, `U1,U2` are users. */
export const mention = (setting: string): string =>
  setting
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
    .map((id) => (/^S[A-Z0-9]{1,40}$/.test(id) ? `<!subteam^${id}>` : person(id)))
    .join(' ')
