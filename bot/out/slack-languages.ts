import * as z from 'zod'
import type { Wall } from '../../common/clock.ts'
import { describeError, type Log } from '../../common/logger.ts'
import { minutes } from '../../common/time.ts'
import type { Language } from '../message/format.ts'
import type { Look } from '../message/look.ts'
import type { Slack } from './slack.ts'
import { within } from './within.ts'

/** The language a person reads. It always answers, and soon: whoever pressed waits for it. */
export interface Languages {
  of(user: string): Promise<Language>
}

/** How a modal, or an answer to one person alone, is drawn for that person. */
export type LookFor = (user: string) => Promise<Look>

export interface LanguageParts {
  wall: Wall
  log: Log
  /** Told what a person is called, as Slack says it along with the language. Nobody waits for it, and it must not throw. */
  learnName?: ((user: string, name: string) => Promise<void>) | undefined
}

const knownFor = minutes(6 * 60)
const unknownFor = minutes(5)
const waitsMs = 600

const Told = z.object({ user: z.object({ locale: z.string() }) })
const Named = z.object({ user: z.object({ real_name: z.string().min(1) }) })
/** Refusals that are about one person; any other is about the method, and would be the same for everybody. */
const aboutOne = ['user_not_found', 'user_not_visible']

/**
 * Asks Slack for a person's locale and remembers it for hours. Where Slack is slow, fails or does not tell, the language
 * of the workspace counts; an answer that comes later is remembered all the same.
 */
export function createLanguages(
  slack: Slack,
  fallback: Language,
  { wall, log, learnName }: LanguageParts,
  limitMs = waitsMs,
): Languages {
  const known = new Map<string, { language: Language; until: number }>()
  const underWay = new Map<string, Promise<Language>>()
  const now = () => wall.now().getTime()
  let asksAgainAt = 0
  let isSaid = false
  const sayOnce = (why: string) => {
    if (isSaid) return
    isSaid = true
    log.info('Slack does not tell which language a person reads; that of the workspace counts', { why })
  }

  const lookUp = async (user: string): Promise<{ language: Language; for: number }> => {
    const unknown = { language: known.get(user)?.language ?? fallback, for: unknownFor }
    try {
      const answer = await slack.call('users.info', { user, include_locale: true })
      if (answer.is !== 'ok') {
        sayOnce(answer.is === 'refused' ? answer.code : answer.is)
        if (answer.is === 'refused' && !aboutOne.includes(answer.code)) asksAgainAt = now() + knownFor
        return unknown
      }
      const named = Named.safeParse(answer.body).data
      if (named) void learnName?.(user, named.user.real_name)
      const told = Told.safeParse(answer.body)
      if (!told.success) sayOnce('an answer without locale')
      return told.success ? { language: languageOf(told.data.user.locale, fallback), for: knownFor } : unknown
    } catch (error) {
      sayOnce(describeError(error))
      return unknown
    }
  }

  const remembered = async (user: string): Promise<Language> => {
    const { language, for: ms } = await lookUp(user)
    known.set(user, { language, until: now() + ms })
    underWay.delete(user)
    return language
  }

  return {
    of: async (user) => {
      const held = known.get(user)
      if (held && now() < held.until) return held.language
      if (now() < asksAgainAt) return held?.language ?? fallback
      const asked = underWay.get(user) ?? remembered(user)
      underWay.set(user, asked)
      // `remembered` cannot fail, so what ends here is the limit.
      return within(limitMs, () => asked).catch(() => held?.language ?? fallback)
    },
  }
}

const languageOf = (locale: string, fallback: Language): Language => {
  const [language] = locale.split('-')
  return language === 'ja' || language === 'en' ? language : fallback
}
