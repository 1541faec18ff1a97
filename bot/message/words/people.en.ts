const because = (reason: string): string => (reason === '' ? '' : `: “${reason}”`)

export const people = {
  takenOver: (by: string, from: string | undefined) =>
    from === undefined ? `${by} took it and is on it.` : `${by} took it over from ${from} and is on it.`,
  stillOnIt: (by: string) => `${by} is still on it.`,
  /** A new message, because it must reach somebody. `other`: who is asked besides, the last time. */
  reminder: (owner: string, minutes: string, other: string | undefined) =>
    other === undefined
      ? `${owner} nothing has been heard of you here for ${minutes}, and it still rings. Are you still on it?`
      : `${owner} nothing has been heard of you here for ${minutes}. ${other}: please look, and take over if nobody is on it.`,
  held: (by: string, until: string, reason: string) =>
    `${by} asked for time: nobody is called before ${until}${because(reason)}`,
  holdUntil: (until: string, by: string, reason: string) =>
    `*Held:* nobody is called before ${until}, ${by} asked for it${because(reason)}`,
  holdModal: {
    title: 'Hold 15 minutes',
    submit: 'Hold',
    what: (minutes: string, next: string | undefined) =>
      `Nobody is called for ${minutes}${next === undefined ? '' : ` (otherwise ${next})`}. Everybody sees that you asked for it. A person can still escalate.`,
    reason: 'Why it can wait',
    reasonHint: 'What you expect to happen in this time.',
  },
  announcement: {
    open: (what: string, severity: string, since: string, who: string) => `${what} · ${severity}, ${since} · ${who}`,
    nobody: 'nobody is on it yet',
    owner: (who: string) => `${who} is on it`,
    gone: (level: string) => `gone up to ${level}`,
    quiet: 'quiet, waiting to be sure',
    over: (what: string, lasted: string, outcome: string) => `${what} · ${lasted} · ${outcome}`,
    thread: (url: string) => `<${url}|thread>`,
  },
  /** How it ended, on one line. */
  outcome: {
    alone: 'ended by itself',
    closedBy: (who: string) => `closed by ${who}`,
    rolledBack: (from: string, to: string, by: string, numbers: string) =>
      `${by} rolled back v${from} → v${to}${numbers === '' ? '' : `, ${numbers}`}`,
    automatic: 'undone by CodeDeploy itself',
    /** The same two for everybody who follows incidents. */
    putBack: (by: string, numbers: string) =>
      `${by} put the previous version back${numbers === '' ? '' : `, ${numbers}`}`,
    undone: 'the newest change was undone automatically',
    remedies: (names: string) => `eased by: ${names}`,
    came: (times: number) => `came back ${times === 1 ? 'once' : `${times} times`}`,
  },
  answers: {
    'already-yours': 'You have it already.',
    'not-the-owner': ({ owner }: { owner: string | undefined }) =>
      `Only the owner can say that${owner ? `, and that is ${owner}` : ''}. Press Take over if you are on it.`,
    'nothing-to-hold': 'Nobody would be called in the next 15 minutes, so there is nothing to hold.',
  },
}
