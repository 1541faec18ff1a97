import type { Incident } from '../incident/incident.ts'
import type { Mail } from '../incident/mail.ts'
import { clip } from './format.ts'
import { type Look, words } from './look.ts'
import { mailToManagers } from './mail-managers.ts'
import { mailOfOutage, managersMailOfOutage } from './mail-outage.ts'
import { mentionsIn, type PlainPlace, plainTextOf } from './plain-text.ts'

/** A mail as it leaves: plain text, as phones show it at once. */
export interface MailText {
  /** One line of fewer than 100 characters, as SNS takes it. */
  subject: string
  body: string
}

/** Where people look while Slack is away. */
export interface MailPlaces {
  /** The public status of the price service. */
  statusUrl: string
  /** The channel that all incidents are in, by `#name` or id. */
  alerts: string
}

/** A mail in our mrkdwn, before people are called by name. */
export interface MailDraft {
  subject: string
  /** Paragraphs of lines; those that are undefined are left out. */
  parts: readonly (readonly (string | undefined)[])[]
}

const longestSubject = 99
/** SNS takes 256 KB; nobody reads more than this on a phone. */
const longestBody = 8_000

function draft(effect: Mail, incident: Incident, look: Look, places: MailPlaces): string[] {
  const { roles } = words(look).mail
  // Slack's mentions of groups mean nothing in a mail, so its people are called by what they do.
  const own: Look = {
    ...look,
    people: { oncall: roles.oncall, developers: roles.developers, managers: roles.managers },
  }
  const ofOutage = effect.audience === 'managers' ? managersMailOfOutage : mailOfOutage
  const { subject, parts } = (effect.about === 'level-3' ? mailToManagers : ofOutage)(effect, incident, own, places)
  const paragraphs = parts.map((lines) => lines.filter((line) => line !== undefined && line !== '').join('\n'))
  return [subject, paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')]
}

/** The people whose names a mail needs, by user id. */
export const peopleIn = (effect: Mail, incident: Incident, look: Look, places: MailPlaces): string[] =>
  draft(effect, incident, look, places).flatMap(mentionsIn)

/** Subject and text of a mail, from the incident as it stands now. */
export function mailText(
  effect: Mail,
  incident: Incident,
  look: Look,
  places: MailPlaces,
  names: ReadonlyMap<string, string>,
): MailText {
  const { roles } = words(look).mail
  const groups = (['oncall', 'developers', 'managers'] as const).flatMap((role) =>
    [...look.people[role].matchAll(/<!subteam\^([A-Z0-9]+)>/g)].map(([, id = '']) => [id, roles[role]] as const),
  )
  const place: PlainPlace = {
    language: look.language,
    zone: look.hours.zone,
    names,
    groups: new Map(groups),
    someone: roles.someone,
    team: roles.team,
  }
  const [subject = '', body = ''] = draft(effect, incident, look, places).map((text) => plainTextOf(text, place))
  const stage = look.stage === 'prod' ? '' : `[${look.stage}] `
  return { subject: clip(`${stage}${subject}`.replace(/\s+/g, ' '), longestSubject), body: clip(body, longestBody) }
}
