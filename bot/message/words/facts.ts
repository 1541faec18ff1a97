/** What sentences are made of. Every string here is ready for mrkdwn: escaped, formatted, in the reader's language. */

/** One alarm as it is told. */
export interface AlarmFacts {
  title: string
  value?: string
  limit?: string
  /** Counts read “throttled 41 times” where rates read “errors at 12.4 %”. */
  isCount: boolean
}

/** Numbers before and after a rollback. */
export interface ProofFacts {
  measure: string
  before?: string
  after?: string
  requests: number
  /** The numbers could not be read. */
  isUnread: boolean
  enough: number
  okAfter?: string
  aliasReadBack: boolean
  priceAnswered: boolean
}

export interface RollbackFacts {
  by: string
  from: string
  to: string
}

/** What a refusal may mention; each sentence takes what it needs. */
export interface RefusalFacts {
  /** The function's name, as code. */
  function: string
  to?: string
  /** The version the alias serves, as far as it is known. */
  now?: string
  /** The rollback that is running. */
  running?: { by: string; since: string; from: string; to: string; step: string }
  quietSince?: string
  /** What rings only follows from the incident. */
  onlyFollowing: boolean
  resolved?: { at: string; by?: string }
}

/** What the reason of an escalation may mention. */
export interface ReasonFacts {
  /** Minutes someone had to answer; absent where the working day is the limit. */
  within?: number
  alarm: string
  lastsMinutes?: number
  above?: { value: string; limit: string }
  deployment?: string
  versions?: string
  numbers?: string
  refusal?: string
  levelMinutes: number
  /** How many customers have told of it. */
  complaints?: number
  by?: string
  reason?: string
}

/** What a person who pressed something may be told. */
export interface AnswerFacts {
  refusal: RefusalFacts
  owner?: { user: string; since: string }
  /** Everybody who may press buttons, as mentions. */
  groups: string
  managers: string
}

/** A number of the Home tab, ready to read, with the span before to compare it with. */
export interface NumbersFacts {
  days: number
  now: string
  median: string
  before: string
}
