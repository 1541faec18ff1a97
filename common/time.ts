/** Moments are ISO strings in UTC with milliseconds; they sort as text and read well in the table. */
export type Moment = string

export const minutes = (n: number): number => n * 60_000

export const moment = (at: Date | number): Moment => new Date(at).toISOString()

export const plus = (at: Moment, ms: number): Moment => moment(Date.parse(at) + ms)

/** Milliseconds from `from` to `to`; negative when `to` is earlier. */
export const msBetween = (from: Moment, to: Moment): number => Date.parse(to) - Date.parse(from)

export const isBefore = (a: Moment, b: Moment): boolean => Date.parse(a) < Date.parse(b)

export const earliest = (moments: readonly Moment[]): Moment | undefined =>
  moments.reduce<Moment | undefined>(
    (least, at) => (least === undefined || isBefore(at, least) ? at : least),
    undefined,
  )
