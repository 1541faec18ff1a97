/** Numbers of what customers notice, ready to be read. */
export interface ImpactFacts {
  /** How long it has lasted until the numbers were read. */
  lasted: string
  /** Until when the numbers count, as a date. */
  asOf: string
  /** From `since` on, as a date. */
  requests?: { failed: string; total: string; share: string; since: string; isWhole: boolean }
  /** What the alarm measures, in plain words, with its accepted value. */
  measured?: { measure: string; value: string; limit: string }
  /** How old the newest prices are, where they are older than usual. */
  priceAge?: string
  complaints?: number
}
