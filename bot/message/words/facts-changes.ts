/** A change of a version, as it is told. Every string is ready for mrkdwn. */
export interface ChangeFacts {
  /** As in `v41 → v42`. */
  versions: string | undefined
  function: string
  /** As in “7 min before the alarm”. */
  gap: string
  who: string | undefined
}

/** Numbers of the runbook's criteria, as text. */
export interface CriterionFacts {
  minutesAfter?: string
  waitMinutes?: string
  taken?: boolean
  percent?: string
  calls?: string
  now?: string
  before?: string
  count?: string
  least: string
}
