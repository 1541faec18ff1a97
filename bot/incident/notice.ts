import * as z from 'zod'

/** As much as a reader of a status page takes in. */
export const longestNotice = 600

/** What customers are told of an incident, in both languages: the newest only, and only until the incident ends. */
export const Notice = z.object({
  en: z.string().min(1).max(longestNotice),
  ja: z.string().min(1).max(longestNotice),
  by: z.string(),
  at: z.iso.datetime(),
  /** The submission that published it, so that one told twice counts once. */
  press: z.string(),
})
export type Notice = z.output<typeof Notice>
