import type { Ignored } from '../../incident/decide.ts'

export type RemedyAnswer = Extract<
  Ignored,
  | 'remedy-not-offered'
  | 'remedy-running'
  | 'remedy-in-force'
  | 'remedy-not-in-force'
  | 'too-many-remedies'
  | 'key-not-yours'
  | 'key-already-shown'
  | 'maintenance-on'
  | 'version-going-back'
>

/** What a proof shows, ready to be told. */
export interface ProofShown {
  minutesApart?: string
  value?: string
  source?: string
}

/** What is said of one remedy. Values come as text, escaped. */
export interface RemedyWords {
  /** At most 75 characters, as Slack has it. */
  button: string
  undo: string
  /** Of the modal, at most 24 characters. */
  title: string
  setting: string
  value: (shown: string) => string
  /** What is so while it is in force. */
  inForce: (shown: string) => string
  customers: string
  provenBy: string
  proven: (shown: ProofShown) => string
}

/** One remedy as it is told in a line. */
export interface RemedyFacts {
  /** What is so while it is in force. */
  what: string
  by: string
  since: string
}

export interface ShownProof {
  is: 'proven' | 'waits' | 'missing'
  text: string
}
