/** What is released, as git tells it. */
export interface Change {
  commit: string
  author: string
  subject: string
}

/** Lambda takes no longer description of a version. */
const longest = 256

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
const clip = (text: string, limit: number): string => (text.length > limit ? `${text.slice(0, limit - 1)}…` : text)

/** `<commit> by <author>: <subject>`, which the bot reads when it asks who deployed what. */
export function describeVersion({ commit, author, subject }: Change): string {
  // The first colon ends the author.
  const who = clip(inOneLine(author.replaceAll(':', ' ')), 80)
  return clip(`${inOneLine(commit)} by ${who}: ${inOneLine(subject)}`, longest)
}

/** The same for the deployment, with the reason why it goes on although an alarm rings. */
export const describeDeployment = (change: Change, ringing: readonly string[], reason: string | undefined): string =>
  ringing.length === 0 || reason === undefined
    ? describeVersion(change)
    : `${describeVersion(change)} · while ${ringing.join(', ')} rings: ${clip(inOneLine(reason), 200)}`
